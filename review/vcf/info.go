package vcf

import "strings"

type infoPair struct {
	key, value string
	flag       bool
}

// infoPairs splits INFO once.
func (r *Record) infoPairs() []infoPair {
	if r.split || r.info == "." {
		return r.pairs
	}
	r.split = true
	for part := range strings.SplitSeq(r.info, ";") {
		key, value, ok := strings.Cut(part, "=")
		r.pairs = append(r.pairs, infoPair{key, value, !ok})
	}
	return r.pairs
}

// Info returns the value of an INFO field as written. A flag is there with an
// empty value.
func (r *Record) Info(id string) (string, bool) {
	for _, p := range r.infoPairs() {
		if p.key == id {
			return p.value, true
		}
	}
	return "", false
}

// infoOf returns the value of an INFO field for one ALT allele (1-based), by the
// Number of its declaration. ok is false where the field is missing, where its
// values do not fit the alleles, and where one value stands beside several
// alleles, for nothing says which it belongs to.
func (r *Record) infoOf(id string, allele int) (value string, ok bool) {
	text, there := r.Info(id)
	if !there || text == "" || text == "." {
		return "", false
	}
	values := strings.Split(text, ",")
	value, ok = pick(values, r.src.header.Infos[id].Number, allele, len(r.Alts))
	if value == "." {
		return "", false
	}
	return value, ok
}

// pick takes the value of an allele out of a list.
func pick(values []string, number string, allele, alts int) (string, bool) {
	switch {
	case number == "A" && len(values) == alts:
		return values[allele-1], true
	case number == "R" && len(values) == alts+1:
		return values[allele], true
	case number == "A" || number == "R":
		return "", false
	case alts == 1 && len(values) == 1:
		return values[0], true
	case number == "." && len(values) == alts:
		return values[allele-1], true
	}
	return "", false
}
