package identity

import (
	"strings"
	"testing"
	"time"

	"garrod/review"
)

// A list says how far it may rest on the family, and nothing where all agrees.
func TestNotes(t *testing.T) {
	open := func(name string) []review.Check {
		return []review.Check{{Name: name, Outcome: review.CheckNotAssessed, Detail: "Too few sites."}}
	}
	pair := family(review.Member{ID: "C", Mother: "M"}, review.Member{ID: "M"})
	override := &review.IdentityOverride{By: "u", Name: "Ada Byron", At: time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC), Reason: "Adopted."}
	stranger := []string{"The mother is a stranger."}
	for _, tt := range []struct {
		name string
		c    review.Case
		want []string // of each note
	}{
		{"agrees", review.Case{Family: pair, Identity: &review.CaseIdentity{}}, nil},
		{"never measured", review.Case{Family: pair}, []string{"was not measured"}},
		{"blocked", review.Case{Family: pair, Identity: &review.CaseIdentity{Blocks: stranger}}, []string{"are not used until a scientist overrides this: The mother is a stranger."}},
		{
			"overridden",
			review.Case{Family: pair, Identity: &review.CaseIdentity{Blocks: stranger, Override: override}},
			[]string{"contradict the declared family: The mother is a stranger. The parents' genotypes were not used until Ada Byron overrode this on 4 March 2026: Adopted."},
		},
		{
			"family open",
			review.Case{Family: pair, Identity: &review.CaseIdentity{}, Checks: open(CheckRelatedness)},
			[]string{"de novo, phase and the origin of an allele rest on the pedigree alone."},
		},
		{"alone", review.Case{Identity: &review.CaseIdentity{}, Checks: open(CheckRelatedness)}, nil},
		{"sex open", review.Case{Identity: &review.CaseIdentity{}, Checks: open(CheckSex)}, []string{"rest on the declared one."}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := Notes(&tt.c)
			if len(got) != len(tt.want) {
				t.Fatalf("notes %q, want %d", got, len(tt.want))
			}
			for i, w := range tt.want {
				if !strings.Contains(got[i], w) {
					t.Errorf("note %q, want %q in it", got[i], w)
				}
			}
		})
	}
}
