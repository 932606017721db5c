package vcf

import (
	"slices"
	"strconv"
	"strings"

	"garrod/review"
	"garrod/review/genome"
)

// sample is what FORMAT gives for one person, before the split by allele.
type sample struct {
	gt         genotype
	ad, ao     []string
	lad, local []string // reads and allele numbers of local alleles (VCF 4.5)
	ro, rd     string
	depth, gq  *int
	fractions  []string
	ps         *int64
	sets       []string // the phase set of each allele of gt, one for all
	filters    []string
	blockEnd   genome.Pos
	copyNumber *float64
	state      review.CallState
}

// formatColumns finds the keys of FORMAT that are used.
type formatColumns map[string]int

func (r *Record) formatColumns() formatColumns {
	cols := formatColumns{}
	i := 0
	for key := range strings.SplitSeq(r.format, ":") {
		if _, twice := cols[key]; !twice {
			cols[key] = i
		}
		i++
	}
	return cols
}

// first returns the first of the keys that has a value.
func (c formatColumns) first(values []string, keys ...string) string {
	for _, k := range keys {
		if i, ok := c[k]; ok && i < len(values) && values[i] != "." && values[i] != "" {
			return values[i]
		}
	}
	return ""
}

func (c formatColumns) list(values []string, keys ...string) []string {
	if v := c.first(values, keys...); v != "" {
		return strings.Split(v, ",")
	}
	return nil
}

// fractionKeys are the names callers give to the fraction of reads of each ALT:
// Mutect2 and DRAGEN AF, DeepVariant VAF, mity and haplocheckCLI HF.
var fractionKeys = []string{"AF", "VAF", "HF"}

func (r *Record) sample(cols formatColumns, text string, block bool) sample {
	values := strings.Split(text, ":")
	s := sample{
		ad: cols.list(values, "AD"), ao: cols.list(values, "AO"), ro: cols.first(values, "RO"), rd: cols.first(values, "RD"),
		lad: cols.list(values, "LAD"), local: cols.list(values, "LAA"),
		gq: whole(cols.first(values, "GQ", "RGQ")), fractions: cols.list(values, fractionKeys...),
		filters: failedFilters(cols.first(values, "FT")), blockEnd: r.blockEnd(cols, values),
		copyNumber: number(cols.first(values, "CN")), state: review.Missing,
	}
	depthKeys := []string{"DP"}
	if block {
		// The least depth of a block speaks for each of its bases.
		depthKeys = []string{"MIN_DP", "DP"}
	}
	s.depth = whole(cols.first(values, depthKeys...))
	if i, ok := cols["GT"]; ok && i < len(values) {
		if g, ok := parseGT(values[i]); ok {
			s.gt, s.state = g, g.state()
		}
	}
	s.phase(cols, values)
	if block && s.state == review.Called && s.gt.highest == 0 {
		s.state = review.RefBlock
	}
	return s
}

// failedFilters reads FT: semicolons part filters (VCF 4.3), in older files commas.
func failedFilters(text string) []string {
	if text == "" || text == "PASS" {
		return nil
	}
	return strings.FieldsFunc(text, func(c rune) bool { return c == ';' || c == ',' })
}

// phase finds the phase set: PS, or PSL with a name for each allele (VCF 4.4), or
// the physical phasing of GATK, which writes the phased genotype in PGT beside an
// unphased GT and names its set POS_REF_ALT in PID.
func (s *sample) phase(cols formatColumns, values []string) {
	if text := cols.first(values, "PS"); text != "" {
		s.sets = []string{text}
		if n, err := strconv.ParseInt(text, 10, 64); err == nil {
			s.ps = &n
		}
		return
	}
	if list := cols.list(values, "PSL"); len(list) == len(s.gt.alleles) {
		s.sets = list
		return
	}
	pid := cols.first(values, "PID")
	physical, ok := parseGT(cols.first(values, "PGT"))
	if pid == "" || !ok || !physical.phased || !sameAlleles(physical.alleles, s.gt.alleles) {
		return
	}
	s.gt.alleles, s.gt.phased, s.sets = physical.alleles, true, []string{pid}
	digits, _, _ := strings.Cut(pid, "_")
	if n, err := strconv.ParseInt(digits, 10, 64); err == nil {
		s.ps = &n
	}
}

// sameAlleles reports whether two genotypes have the same alleles in any order.
// Where PGT counts otherwise than GT (a site with several ALT alleles) it is not
// used.
func sameAlleles(a, b []int) bool {
	a, b = slices.Clone(a), slices.Clone(b)
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(a, b)
}

// phaseSet returns the name of the set that an allele's only copy (1-based place
// in GT, 0 for none) is in.
func (s *sample) phaseSet(hap int) string {
	set := ""
	switch {
	case len(s.sets) == 1:
		set = s.sets[0]
	case hap > 0 && hap <= len(s.sets):
		set = s.sets[hap-1]
	}
	if set == "." {
		return ""
	}
	return set
}

// call gives what the person carries of one allele (1-based; 0 for a reference
// block).
func (s *sample) call(name string, allele, alts int) review.Call {
	c := review.Call{
		Sample: name, GT: s.gt.text, State: s.state, Ploidy: len(s.gt.alleles),
		Phased: s.gt.phased, PS: s.ps, Depth: s.depth, GQ: s.gq,
		Filters: s.filters, BlockEnd: s.blockEnd, CopyNumber: s.copyNumber,
	}
	c.Copies, c.Others, c.Hap = s.gt.count(allele)
	c.PhaseSet = s.phaseSet(c.Hap)
	if allele == 0 {
		return c
	}
	c.AD = s.reads(allele, alts)
	if len(s.fractions) == alts {
		c.Fraction = probability(s.fractions[allele-1])
	}
	return c
}

// reads returns the reads of REF and of an allele: AD, else freebayes' RO and AO,
// VarScan's RD beside an AD of the ALT alone, or LAD of the local alleles.
func (s *sample) reads(allele, alts int) *[2]int {
	switch {
	case len(s.ad) == alts+1:
		return readPair(s.ad[0], s.ad[allele])
	case s.ad == nil && s.ro != "" && len(s.ao) == alts:
		return readPair(s.ro, s.ao[allele-1])
	case len(s.ad) == 1 && alts == 1 && s.rd != "":
		return readPair(s.rd, s.ad[0])
	case s.ad == nil && len(s.lad) == len(s.local)+1:
		if i := slices.Index(s.local, strconv.Itoa(allele)); i >= 0 {
			return readPair(s.lad[0], s.lad[i+1])
		}
	}
	return nil
}

func readPair(ref, alt string) *[2]int {
	r, a := whole(ref), whole(alt)
	if r == nil || a == nil {
		return nil
	}
	return &[2]int{*r, *a}
}
