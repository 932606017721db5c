package triage

import "garrod/review"

// Hash returns the SHA-256, in hex, of the filter's JSON without its version,
// which is the content that a laboratory stores.
func (f Filter) Hash() (string, error) {
	b, err := f.Content()
	if err != nil {
		return "", err
	}
	return review.StoredFilter{Content: b}.Hash(), nil
}

// Content writes the filter as a laboratory stores it: without a version, which
// is the store's to count.
func (f Filter) Content() ([]byte, error) {
	f.Version = 0
	return f.JSON()
}

// RemovedBy names, for rows that another filter listed, the step of f that takes
// each of them out. Where no step does by itself, a second allele that the row's
// label rests on is gone, and it is the inheritance step.
func RemovedBy(src Source, c *review.Case, f Filter, rows []Row) ([]string, error) {
	p, err := newPlan(c, f)
	if err != nil {
		return nil, err
	}
	newSieve(p, src.Summary()) // puts the steps in the order that Run has them in
	out := make([]string, len(rows))
	for i := range rows {
		sub := p.subject(&rows[i].Variant)
		sub.labels = rows[i].Labels
		out[i] = stepInheritance
		for _, st := range p.steps() {
			if st.judge(&sub) == removed {
				out[i] = st.name
				break
			}
		}
	}
	return out, nil
}
