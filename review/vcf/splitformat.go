package vcf

import (
	"slices"
	"strconv"
	"strings"
)

// localNumbers are fields whose values go by the local alleles of LAA (VCF 4.5),
// by name: some callers declare them with Number=".".
var localNumbers = map[string]string{
	"LAD": "LR", "LADF": "LR", "LADR": "LR", "LPL": "LG", "LGL": "LG", "LGP": "LG", "LEC": "LA", "LAF": "LA",
}

// format writes FORMAT and the samples' columns for the allele.
func (p *piece) format() []string {
	if !p.isSplit() {
		return append([]string{p.r.format}, p.r.samples...)
	}
	keys := strings.Split(p.r.format, ":")
	out := make([]string, 1, len(p.r.samples)+1)
	old := p.oldGenotypes(keys)
	for i, text := range p.r.samples {
		values := p.sample(keys, strings.Split(text, ":"))
		if old != nil {
			for len(values) < len(keys) {
				values = append(values, ".")
			}
			values = append(values, old[i])
		}
		out = append(out, strings.Join(values, ":"))
	}
	if old != nil {
		keys = append(keys, oldGenotype)
	}
	out[0] = strings.Join(keys, ":")
	return out
}

// oldGenotypes returns the samples' genotypes as they are where one of them has
// another ALT allele than this, else nil.
func (p *piece) oldGenotypes(keys []string) []string {
	if !slices.Contains(keys, "GT") || slices.Contains(keys, oldGenotype) {
		return nil
	}
	i := slices.Index(keys, "GT")
	old := make([]string, len(p.r.samples))
	others := false
	for s, text := range p.r.samples {
		values := strings.Split(text, ":")
		old[s] = "."
		if i < len(values) {
			old[s] = values[i]
			g, _ := parseGT(values[i])
			_, n, _ := g.count(p.allele)
			others = others || n > 0
		}
	}
	if !others {
		return nil
	}
	return old
}

// sample takes one person's values apart.
func (p *piece) sample(keys, values []string) []string {
	ploidy, local := 2, []string(nil)
	for i, k := range keys[:min(len(keys), len(values))] {
		switch k {
		case "GT":
			if g, ok := parseGT(values[i]); ok {
				ploidy = len(g.alleles)
			}
		case "LAA":
			local = strings.Split(values[i], ",")
			if values[i] == "." {
				local = []string{}
			}
		}
	}
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = v
		if i < len(keys) && v != "." && v != "" {
			out[i] = p.formatValue(keys[i], v, ploidy, local)
		}
	}
	return out
}

func (p *piece) formatValue(key, value string, ploidy int, local []string) string {
	declared := p.r.src.header.Formats[key]
	number := declared.Number
	if n, ok := localNumbers[key]; ok && (number == "" || number == ".") {
		number = n
	}
	switch {
	case key == "GT":
		return p.genotype(value)
	case key == "LAA":
		if slices.Contains(local, strconv.Itoa(p.allele)) {
			return "1"
		}
		return "."
	case local != nil && (number == "LA" || number == "LR" || number == "LG"):
		return p.localValue(key, number, value, ploidy, local)
	}
	return p.numbered(key, declared, reservedFormat[key], value, ploidy)
}

// genotype writes GT for the allele: REF stays 0, this allele is 1, others are ".".
func (p *piece) genotype(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); {
		j := i
		for j < len(text) && text[j] >= '0' && text[j] <= '9' {
			j++
		}
		n, err := strconv.Atoi(text[i:j])
		switch {
		case j == i:
			b.WriteByte(text[i])
			j++
		case err == nil && n == p.allele:
			b.WriteByte('1')
		case err == nil && n == 0:
			b.WriteByte('0')
		default:
			b.WriteByte('.')
		}
		i = j
	}
	return b.String()
}

// localValue takes the allele's values out of a list that goes by local alleles.
// Of a person without the allele only what concerns REF is left.
func (p *piece) localValue(key, number, value string, ploidy int, local []string) string {
	values := strings.Split(value, ",")
	j := slices.Index(local, strconv.Itoa(p.allele)) + 1 // 0: not among them
	var at []int
	switch number {
	case "LA":
		at = places(len(values) == len(local), j-1)
		if j == 0 {
			return "."
		}
	case "LR":
		at = places(len(values) == len(local)+1, 0, j)
	case "LG":
		at = genotypePlaces(len(values), len(local), max(j, 1), ploidy)
	}
	if at == nil {
		return p.unfit(key)
	}
	if j == 0 {
		at = at[:1]
	}
	return pickAll(values, at)
}
