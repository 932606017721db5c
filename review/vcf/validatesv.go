package vcf

import (
	"regexp"
	"strings"

	"garrod/review"
)

var structuralTypes = map[string]bool{"DEL": true, "INS": true, "DUP": true, "INV": true, "CNV": true, "BND": true}

// structural holds symbolic alleles and the fields that describe them against the
// specification (VCF 4.1 to 4.3, section 3; VCF 4.4 and 4.5, sections 3 and 5).
func (v *validator) structural(r *Record) {
	for i, alt := range r.Alts {
		if kindOf(alt) == review.Symbolic {
			v.symbolic(r, i+1)
		}
	}
	for _, p := range r.infoPairs() {
		switch p.key {
		case "SVTYPE":
			if !structuralTypes[p.value] && !v.atLeast("VCFv4.4") && p.value != "." {
				v.warnf(r, "SVTYPE", "is none of DEL, INS, DUP, INV, CNV and BND")
			}
		case "CIGAR":
			if !cigar.MatchString(p.value) {
				v.warnf(r, "CIGAR", "is not an alignment in CIGAR form")
			}
		case "SVCLAIM":
			v.claim(r, p.value)
		case "CIPOS", "CIEND", "CILEN", "CICN":
			v.interval(r, p.key, strings.Split(p.value, ","))
		case "MEINFO", "METRANS":
			v.element(r, p.key, strings.Split(p.value, ","))
		}
	}
}

var cigar = regexp.MustCompile(`^(\.|([0-9]+[MIDNSHPX=])+)(,(\.|([0-9]+[MIDNSHPX=])+))*$`)

func (v *validator) symbolic(r *Record, allele int) {
	alt := r.Alts[allele-1]
	name := strings.Trim(alt, "<>")
	top := symbolicType(alt)
	if _, ok := v.h.Alts[name]; !ok && strings.HasPrefix(alt, "<") {
		v.warnf(r, "ALT", "the header does not declare the symbolic allele %s", alt)
	}
	if t, ok := r.Info("SVTYPE"); ok && structuralTypes[top] && structuralTypes[t] && t != top {
		v.warnf(r, "SVTYPE", "says %s, ALT says %s", t, alt)
	}
	_, hasEnd := r.Info("END")
	hasLen := r.length(allele) != nil
	_, imprecise := r.Info("IMPRECISE")
	if structuralTypes[top] && top != "INS" && !hasEnd && !hasLen && !imprecise {
		v.warnf(r, "INFO", "a structural allele has neither END nor SVLEN")
	}
	if v.atLeast("VCFv4.4") {
		v.symbolicSince44(r, allele, top, hasLen)
	}
}

func (v *validator) symbolicSince44(r *Record, allele int, top string, hasLen bool) {
	alt := r.Alts[allele-1]
	claim, _ := r.infoOf("SVCLAIM", allele)
	switch {
	case !knownSymbol(top) && strings.HasPrefix(alt, "<"):
		v.warnf(r, "ALT", "%s is of none of the types DEL, INS, DUP, INV and CNV", alt)
	case top == "BND":
		v.warnf(r, "ALT", "a breakend is written with its mate, not as %s", alt)
	case structuralTypes[top] && !hasLen:
		v.warnf(r, "SVLEN", "a structural allele has no length")
	case (top == "DEL" || top == "DUP") && claim == "":
		v.warnf(r, "SVCLAIM", "a deletion or duplication does not tell what it rests on")
	}
	if strings.HasPrefix(alt, "<CNV:TR>") {
		v.tandem(r)
	}
}

func (v *validator) claim(r *Record, value string) {
	list := strings.Split(value, ",")
	if len(list) != len(r.Alts) {
		v.warnf(r, "SVCLAIM", "has not one value for each ALT allele")
	}
	for _, c := range list {
		if c != "D" && c != "J" && c != "DJ" && c != "." {
			v.warnf(r, "SVCLAIM", "has a value that is none of D, J and DJ")
		}
	}
}

// tandem holds the units of a tandem repeat together: RUS or RUL must be there,
// RUL is the length of RUS, and RB is RUL times RUC.
func (v *validator) tandem(r *Record) {
	list := func(id string) []string {
		if text, ok := r.Info(id); ok && text != "" {
			return strings.Split(text, ",")
		}
		return nil
	}
	rus, rul, ruc, rb := list("RUS"), list("RUL"), list("RUC"), list("RB")
	if rus == nil && rul == nil {
		v.warnf(r, "RUS", "a tandem repeat has neither the units (RUS) nor their lengths (RUL)")
		return
	}
	for i := range max(len(rus), len(rul)) {
		n, known := 0.0, false
		if i < len(rus) && rus[i] != "." {
			n, known = float64(len(rus[i])), true
		}
		if i < len(rul) {
			if x := number(rul[i]); x != nil {
				if known && *x != n {
					v.warnf(r, "RUL", "is not the length of RUS")
				}
				n, known = *x, true
			}
		}
		if i < len(ruc) && i < len(rb) && known {
			c, b := number(ruc[i]), number(rb[i])
			if c != nil && b != nil && *b != *c*n {
				v.warnf(r, "RB", "is not the length of the units times their copies")
			}
		}
	}
}

// interval wants pairs around zero: how far the value may lie below and above.
func (v *validator) interval(r *Record, field string, list []string) {
	if len(list) == 1 && list[0] == "." {
		return
	}
	if len(list)%2 != 0 {
		v.warnf(r, field, "is not of pairs")
		return
	}
	for i := 0; i < len(list); i += 2 {
		low, high := number(list[i]), number(list[i+1])
		if low != nil && *low > 0 || high != nil && *high < 0 {
			v.warnf(r, field, "is not an interval around zero")
		}
	}
	if field == "CICN" && len(list) == 2 {
		text, _ := r.Info("CN")
		v.copyInterval(r, number(text), number(list[0]))
	}
}

func (v *validator) copyInterval(r *Record, copies, low *float64) {
	if copies != nil && low != nil && *copies+*low < 0 {
		v.warnf(r, "CICN", "reaches below no copy at all")
	}
}

// element wants NAME,START,END,POLARITY (and for METRANS CHROM,START,END,POLARITY).
func (v *validator) element(r *Record, field string, list []string) {
	if len(list)%4 != 0 {
		v.warnf(r, field, "has not four values for each allele")
		return
	}
	for i := 3; i < len(list); i += 4 {
		if p := list[i]; p != "+" && p != "-" && p != "." {
			v.warnf(r, field, "has a polarity that is neither + nor -")
		}
	}
}

// sampleSince44 holds phase sets and copy numbers of one person against versions
// 4.4 and 4.5.
func (v *validator) sampleSince44(r *Record, keys, values []string) {
	if !v.atLeast("VCFv4.4") {
		return
	}
	at := map[string]string{}
	for i, k := range keys[:min(len(keys), len(values))] {
		at[k] = values[i]
	}
	v.phaseSets(r, at)
	ci, hasCI := at["CICN"]
	_, hasCN := at["CN"]
	if hasCI && !hasCN {
		v.warnf(r, "CICN", "stands without CN")
	}
	if hasCI && ci != "." {
		v.interval(r, "CICN", strings.Split(ci, ","))
		if list := strings.Split(ci, ","); len(list) == 2 {
			v.copyInterval(r, number(at["CN"]), number(list[0]))
		}
	}
	if hasCN {
		v.oneLength(r)
	}
}

// oneLength wants the alleles that change the copy number to be of one length, for
// CN then speaks of one stretch.
func (v *validator) oneLength(r *Record) {
	var have *int64
	for i, alt := range r.Alts {
		switch symbolicType(alt) {
		case "DEL", "DUP", "CNV":
			n := r.length(i + 1)
			if n != nil && have != nil && *n != *have {
				v.warnf(r, "CN", "speaks of alleles with different SVLEN")
				return
			}
			have = n
		}
	}
}

// phaseSets wants one entry of PSL, PSO and PSQ for each allele of GT, and none
// for an allele that is not phased.
func (v *validator) phaseSets(r *Record, at map[string]string) {
	psl, ok := at["PSL"]
	if !ok {
		return
	}
	sets := strings.Split(psl, ",")
	marks := phaseMarks(at["GT"])
	if psl != "." && len(sets) != len(marks) {
		v.warnf(r, "PSL", "has not one value for each allele of GT")
		return
	}
	for i, s := range sets {
		if i < len(marks) && marks[i] == '/' && s != "." {
			v.warnf(r, "PSL", "names a phase set for an allele that is not phased")
		}
	}
	for _, field := range []string{"PSO", "PSQ"} {
		list := strings.Split(at[field], ",")
		if at[field] == "" || at[field] == "." {
			continue
		}
		if len(list) != len(sets) {
			v.warnf(r, field, "has not one value for each allele of GT")
			continue
		}
		for i, x := range list {
			if sets[i] == "." && x != "." {
				v.warnf(r, field, "has a value for an allele without a phase set")
			}
		}
	}
}

// phaseMarks returns '/' or '|' for each allele of a genotype. Where the first has
// none, it is phased if all others are (VCF 4.4, section 1.6.2).
func phaseMarks(gt string) []byte {
	g, ok := parseGT(gt)
	if !ok {
		return nil
	}
	var marks []byte
	for i := range len(gt) {
		if gt[i] == '/' || gt[i] == '|' {
			marks = append(marks, gt[i])
		}
	}
	if len(marks) < len(g.alleles) {
		first := byte('|')
		if strings.Contains(string(marks), "/") {
			first = '/'
		}
		marks = append([]byte{first}, marks...)
	}
	return marks[:min(len(marks), len(g.alleles))]
}
