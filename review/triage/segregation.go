package triage

import (
	"fmt"
	"strings"

	"garrod/review"
)

// segregation is how a genotype runs with the disease in the family, in words.
// What parentsText says is left out of with and open.
type segregation struct {
	with    []string // affected relatives who have it
	against []string // affected relatives who are called without it
	reduced []string // unaffected relatives who have it
	open    []string // relatives without a call, or with an unknown status
	// Blood relatives whose status and genotype are known; identical twins of
	// the proband are not among them, for they are no second observation.
	affected, affectedWith     int
	unaffected, unaffectedWith int
}

// segregate looks at every blood relative with a column in the file. has answers
// kept for the genotype that would make the relative affected, removed for any
// other, notAssessed where the call does not tell.
func (k *kindred) segregate(v *review.Variant, has func(r *relative, z zygosity) outcome) segregation {
	var s segregation
	for _, r := range k.relatives {
		if !r.blood || !r.inFile(v) {
			continue
		}
		h := has(r, k.zygosity(r, v))
		s.count(r, h)
		s.say(k, r, v, h)
	}
	return s
}

// count adds one relative to the numbers.
func (s *segregation) count(r *relative, h outcome) {
	switch {
	case h == notAssessed || r.twin:
	case r.isAffected():
		s.affected++
		if h == kept {
			s.affectedWith++
		}
	case r.isUnaffected():
		s.unaffected++
		if h == kept {
			s.unaffectedWith++
		}
	}
}

// say adds one relative to the words.
func (s *segregation) say(k *kindred, r *relative, v *review.Variant, h outcome) {
	c := r.call(v)
	parent := r == k.mother || r == k.father
	switch {
	case h == kept && r.isUnaffected():
		s.reduced = append(s.reduced, r.status())
	case h == removed && r.isAffected():
		s.against = append(s.against, r.status()+" does not have it ("+c.GT+")")
	case r.twin && h == kept:
		s.with = append(s.with, r.status()+" has it too, which is no second observation")
	case r.twin && h == removed:
		s.open = append(s.open, r.status()+" is called without it ("+c.GT+"): a call is wrong, or it arose after the twins parted")
	case parent:
	case h == notAssessed:
		s.open = append(s.open, r.name()+" "+k.unknownText(r, v))
	case r.Affected == nil && h == kept:
		s.open = append(s.open, r.name()+" has it too and the status is unknown")
	case h == kept:
		s.with = append(s.with, r.status()+" has it too")
	}
}

// text joins what speaks for, then what is reduced, then what is open, then the
// numbers where they say more than the parents do.
func (s segregation) text() string {
	parts := append([]string{}, s.with...)
	if len(s.reduced) > 0 {
		parts = append(parts, "fits only with reduced penetrance: "+strings.Join(s.reduced, ", ")+haveIt(len(s.reduced)))
	}
	parts = append(parts, s.open...)
	if s.affected+s.unaffected > 2 {
		parts = append(parts, fmt.Sprintf("of the relatives tested %d of %d affected and %d of %d unaffected have it",
			s.affectedWith, s.affected, s.unaffectedWith, s.unaffected))
	}
	return strings.Join(parts, "; ")
}

func haveIt(people int) string {
	if people == 1 {
		return " has it too"
	}
	return " have it too"
}

// oneCopy takes any copy of the allele as enough.
func oneCopy(_ *relative, z zygosity) outcome {
	switch z {
	case unknownZygosity:
		return notAssessed
	case noCopy:
		return removed
	}
	return kept
}

// allCopies asks for every copy that the person has of the place.
func allCopies(_ *relative, z zygosity) outcome {
	switch z {
	case unknownZygosity:
		return notAssessed
	case hom, hemi:
		return kept
	}
	return removed
}

// maleTransmission finds an affected father with an affected son among the
// proband and the blood relatives. Where the son's mother is not affected
// herself, the disease went from male to male, and a gene on X does not explain
// it: a father gives no X to a son.
func (k *kindred) maleTransmission() string {
	people := append([]*relative{k.proband}, k.relatives...)
	find := func(id string) *relative {
		for _, r := range people {
			if id != "" && r.ID == id {
				return r
			}
		}
		return nil
	}
	for _, son := range people {
		father, mother := find(son.Father), find(son.Mother)
		sex := son.Sex
		if son == k.proband {
			sex = k.sex
		}
		if father == nil || sex != review.Male || !father.isAffected() || mother != nil && mother.isAffected() {
			continue
		}
		ill := son.isAffected() || son == k.proband && !son.isUnaffected()
		if ill && father.blood && son.blood {
			return fmt.Sprintf("the %s has an affected son (%s)", father.status(), son.name())
		}
	}
	return ""
}
