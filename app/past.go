package main

import (
	"context"
	"fmt"

	"garrod/review"
	"garrod/review/genome"
	"garrod/review/triage"
)

// past is what the laboratory's other cases say of alleles: their finished
// assessments, and who carries what was assessed.
type past struct {
	cases int // other cases on the same assembly
	seen  map[genome.Key]*triage.Seen
}

var _ triage.Past = (*past)(nil)

// Of tells what is known of an allele.
func (p *past) Of(k genome.Key) triage.Seen {
	if s, ok := p.seen[k]; ok {
		return *s
	}
	return triage.Seen{Cases: p.cases}
}

// Counted says what was counted.
func (p *past) Counted() string {
	return fmt.Sprintf("counted among what was assessed in %d other cases; alleles that nobody assessed there are not known", p.cases)
}

// withPast gives a filter that asks for it what other cases say.
func (l *lab) withPast(ctx context.Context, id review.CaseID, f triage.Filter) (triage.Filter, error) {
	if f.History == nil {
		return f, nil
	}
	p, err := l.past(ctx, id)
	if err != nil {
		return f, err
	}
	f.Past = p
	return f, nil
}

// past reads the assessments of all cases but one, on its assembly.
func (l *lab) past(ctx context.Context, id review.CaseID) (*past, error) {
	p := &past{seen: map[genome.Key]*triage.Seen{}}
	err := l.view(ctx, func(tx review.Tx) error {
		self, err := tx.FindCase(id)
		if err != nil {
			return err
		}
		cases, err := tx.Cases()
		if err != nil {
			return err
		}
		for _, c := range cases {
			if c.ID == id || c.Assembly != self.Assembly {
				continue
			}
			p.cases++
			as, err := tx.Assessments(c.ID)
			if err != nil {
				return err
			}
			p.add(c, as)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("look at other cases: %w", err)
	}
	for _, s := range p.seen {
		s.Cases = p.cases
	}
	return p, nil
}

// add counts one case once for each allele, however often it was assessed.
func (p *past) add(c review.Case, as []review.Assessment) {
	counted := map[genome.Key]bool{}
	for i := range as {
		a := &as[i]
		k := a.Variant.Key
		s := p.seen[k]
		if s == nil {
			s = &triage.Seen{}
			p.seen[k] = s
		}
		if call, ok := probandCall(&a.Variant, c.Proband); ok && call.HasAlt() && !counted[k] {
			counted[k] = true
			s.Carriers = append(s.Carriers, c.ID)
			if call.Copies == call.Ploidy {
				s.Homozygous++
			}
		}
		if r, ok := a.Finished(); ok {
			s.Classes = append(s.Classes, triage.PastClass{
				Case: c.ID, Unit: a.Unit, Class: r.Classification.Class, By: r.By, On: r.At.Format("2006-01-02"),
			})
		}
	}
}

func probandCall(v *review.Variant, sample string) (review.Call, bool) {
	for _, c := range v.Calls {
		if c.Sample == sample {
			return c, true
		}
	}
	return review.Call{}, false
}
