package triage

// addRecordSteps adds the steps that look at more of a record than the steps
// before them, and come before the pairs are made.
func (p *plan) addRecordSteps() error {
	if q := p.f.Region; q != nil {
		if err := q.fits(p.c.Assembly); err != nil {
			return err
		}
		r, err := newRegions(*q)
		if err != nil {
			return err
		}
		p.early = append(p.early, regionStep(*q, r))
	}
	if q := p.f.Quality; q != nil {
		if st, asked := readsStep(*q, p.kin.sex); asked {
			p.early = append(p.early, st)
		}
	}
	if len(p.f.Groups) > 0 {
		p.early = append(p.early, groupsStep(p.f.Groups))
	}
	return nil
}

// addPicks adds the steps that pick from the list. They come after inheritance:
// what they take out keeps its place as a second allele of the gene.
func (p *plan) addPicks() {
	if q := p.f.Genotype; q != nil {
		if st, asked := zygosityStep(*q, p.kin); asked {
			p.late = append(p.late, st)
		}
	}
	if p.f.ClinVar != nil {
		p.late = append(p.late, clinvarStep(*p.f.ClinVar))
	}
	if p.f.History != nil {
		p.late = append(p.late, historyStep(*p.f.History, p.f.Past))
	}
	if p.f.Text != nil {
		p.late = append(p.late, textStep(*p.f.Text))
	}
}
