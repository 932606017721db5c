package reports

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"garrod/review"
	"garrod/review/genome"
)

// call finds one person's call at a variant. A sample without one is NoRecord.
func call(v review.Variant, sample string) review.Call {
	for _, c := range v.Calls {
		if c.Sample == sample {
			return c
		}
	}
	return review.Call{Sample: sample, State: review.NoRecord}
}

// zygosity says in words what a person carries. Only a full call is named; the
// rest says what is not known.
func zygosity(c review.Case, v review.Variant, sample string) string {
	x := call(v, sample)
	switch x.State {
	case review.Missing:
		return "not called (" + given(x.GT) + ")"
	case review.NoRecord:
		return "no record of this person at this position"
	case review.Partial:
		return fmt.Sprintf("partly called (%s): %d of %d alleles known to carry it", x.GT, x.Copies, x.Ploidy)
	}
	if x.Copies == 0 && review.DefaultReferenceProof().Weak(v.Key, c.SexOf(sample), &x) {
		return notProven(x)
	}
	if x.IsReference() {
		return "reference, as called"
	}
	if v.Key.Contig == "MT" {
		return heteroplasmy(x)
	}
	switch {
	case x.Copies == 0:
		return "does not carry it; carries another allele of this position (" + x.GT + ")"
	case x.Ploidy == 1:
		return "hemizygous"
	case singleCopy(c, v, sample):
		return haploidCall(x)
	case x.Copies == x.Ploidy:
		return "homozygous"
	case x.Others > 0:
		return "heterozygous, with another variant allele of the same position (" + x.GT + ")"
	}
	return "heterozygous"
}

// notProven words a call without the allele on too little evidence to say so.
func notProven(x review.Call) string {
	var numbers []string
	for _, n := range []struct {
		name  string
		value *int
	}{{"DP", x.Depth}, {"GQ", x.GQ}} {
		if n.value != nil {
			numbers = append(numbers, n.name+" "+strconv.Itoa(*n.value))
		}
	}
	return fmt.Sprintf("not proven: called %s on weak evidence (%s), which does not show that the allele is absent", given(x.GT), strings.Join(numbers, ", "))
}

// singleCopy reports whether the person is declared male and the position lies
// on X or Y outside the pseudoautosomal regions.
func singleCopy(c review.Case, v review.Variant, sample string) bool {
	k := v.Key
	return c.SexOf(sample) == review.Male && (k.Contig == "X" || k.Contig == "Y") && !genome.InPAR(k.Assembly, k.Contig, k.Pos)
}

// haploidCall words a diploid call on a chromosome of which there is one.
func haploidCall(x review.Call) string {
	if x.Copies == x.Ploidy {
		return "hemizygous (written " + x.GT + ")"
	}
	return "called " + x.GT + " where a male has one copy: mosaicism, another karyotype or an error; confirm"
}

// heteroplasmy gives the level from the file's own fraction, else from its read
// counts. It draws no line between heteroplasmic and homoplasmic.
func heteroplasmy(x review.Call) string {
	share, ok := x.Heteroplasmy()
	if !ok {
		return "carried (mitochondrial); the level is not given"
	}
	level := fmt.Sprintf("heteroplasmy level %s %%", percent(share))
	if x.Fraction == nil {
		level += fmt.Sprintf(" (%d of %d reads)", x.AD[1], x.AD[0]+x.AD[1])
	}
	return level
}

// percent writes a fraction of 0 … 1 with one decimal, without turning nearly
// all into all or nearly none into none.
func percent(f float64) string {
	p := math.Round(f*1000) / 10
	switch {
	case f < 1 && p >= 100:
		return "more than 99.9"
	case f > 0 && p <= 0:
		return "less than 0.1"
	}
	return strings.TrimSuffix(fmt.Sprintf("%.1f", p), ".0")
}

// inheritance lists parental origin, model and phase, a line each.
func (c *composer) inheritance(s subject) []string {
	var out []string
	for _, l := range s.Labels {
		line := modelWords[l.Model]
		if line == "" {
			line = strings.ReplaceAll(l.Model, "_", " ")
		}
		if p := phaseWords[l.Phase]; p != "" {
			line += ", " + p
			if b := basisWords[l.Basis]; b != "" {
				line += " (" + b + ")"
			}
		}
		if names := c.partners(l.Partner); names != "" {
			line += " with " + names
		}
		out = append(out, line)
	}
	return append(out, c.origin(s.Variant)...)
}

// partners names the other alleles of a label by their number on this report
// where they are on it.
func (c *composer) partners(keys []string) string {
	var out []string
	others := 0
	for _, k := range keys {
		n := 0
		for i, s := range c.reported {
			if s.Unit.Key == k {
				n = i + 1
			}
		}
		if n > 0 {
			out = append(out, fmt.Sprintf("variant %d", n))
		} else {
			others++
		}
	}
	if others > 0 {
		out = append(out, plural(others, "variant")+" not reported here")
	}
	return strings.Join(out, " and ")
}

// origin says what was called in the parents, a line each.
func (c *composer) origin(v review.Variant) []string {
	mother, father := c.f.Case.Parents()
	word := func(who, id string) string {
		if id == "" {
			return who + ": no sample"
		}
		return who + ": " + zygosity(c.f.Case, v, id)
	}
	return []string{word("Mother", mother), word("Father", father)}
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
