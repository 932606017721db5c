package made

import "strconv"

// keyRecord is a record of the demonstration case that shows something.
type keyRecord struct {
	chrom  string
	pos    int
	id     string
	ref    string
	alts   []keyAllele
	gt     [3]string // proband, mother, father
	ad     [3][]int  // nil: made up
	qual   int       // 0: made up
	filter string
	ps     int // phase set of every phased call
	info   []string
}

// keyAllele is one ALT with its annotation.
type keyAllele struct {
	bases   string
	pop     population
	clinVar row
	rows    []row
}

// build turns k into a line of the file.
func (k keyRecord) build(s *source) record {
	r := record{
		chrom: k.chrom, pos: k.pos, id: k.id, ref: k.ref,
		qual: k.qual, filter: k.filter, info: k.info,
	}
	if r.qual == 0 {
		r.qual = s.between(400, 1800)
	}
	for _, a := range k.alts {
		r.alts = append(r.alts, a.bases)
	}
	for i, a := range k.alts {
		r.rows = append(r.rows, annotate(r, i, a)...)
	}
	for i, gt := range k.gt {
		r.calls[i] = k.call(s, i, gt)
	}
	return r
}

func (k keyRecord) call(s *source, person int, gt string) call {
	var c call
	switch {
	case k.ad[person] != nil && k.chrom == "M":
		c = call{gt: gt, ad: k.ad[person]}
	case k.ad[person] != nil:
		c = reads(gt, k.ad[person]...)
	default:
		c = s.call(gt, len(k.alts), s.depth(gt))
	}
	if k.ps > 0 && len(gt) == 3 && gt[1] == '|' {
		c.ps = k.ps
	}
	return c
}

// annotate completes the rows of ALT i with what belongs to the allele.
func annotate(r record, i int, a keyAllele) []row {
	allele := row{
		"Allele": csqAllele(r.ref, r.alts, i), "ALLELE_NUM": strconv.Itoa(i + 1), "Existing_variation": r.id,
	}
	out := make([]row, len(a.rows))
	for j, base := range a.rows {
		out[j] = base.with(allele, a.pop.fields(), a.clinVar)
	}
	return out
}

// one is a record's only ALT.
func one(bases string, pop population, clin row, rows ...row) []keyAllele {
	return []keyAllele{{bases, pop, clin, rows}}
}

const (
	expertPanel = "reviewed_by_expert_panel"
	manyAgree   = "criteria_provided,_multiple_submitters,_no_conflicts"
)
