package reports_test

import (
	"strings"
	"testing"

	"garrod/reports"
	"garrod/review"
)

func (b *bench) may(id review.UserID, role review.Role, who reports.Identity) error {
	return b.issuer.May(b.t.Context(), as(id), "C-1", role, who)
}

// What May refuses, and that it refuses it before anything is stored.
func TestMay(t *testing.T) {
	signed := func(b *bench) { b.mustSign("anna", review.Scientist) }
	for _, tt := range []struct {
		name, code string
		kind       review.LabKind
		who, with  review.UserID
		role       review.Role
		before     func(*bench)
	}{
		{"the first signer", "", review.Demonstration, "anna", "anna", review.Scientist, nil},
		{"the second signer", "", review.Demonstration, "bela", "bela", review.Authoriser, signed},
		{
			"a case that changed is for Prepare to say", "", review.Demonstration, "bela", "bela", review.Authoriser,
			func(b *bench) { signed(b); b.change() },
		},
		{
			"an identity bound to another user", "certificate_of_another", review.Demonstration, "anna", "bela", review.Scientist,
			func(b *bench) { b.bind("bela", b.ids["bela"].Fingerprint()) },
		},
		{
			"another certificate than the bound one", "other_certificate", review.Demonstration, "anna", "anna", review.Scientist,
			func(b *bench) { b.bind("anna", strings.Repeat("a", 64)) },
		},
		{"a demonstration identity in a live laboratory", "demonstration_identity", review.Live, "anna", "anna", review.Scientist, nil},
		{"a trainee", "role_not_allowed", review.Demonstration, "tina", "tina", review.Scientist, nil},
		{"the authoriser first", "not_frozen", review.Demonstration, "bela", "bela", review.Authoriser, nil},
		{"the same role again", "out_of_turn", review.Demonstration, "anna", "anna", review.Scientist, signed},
		{
			"the same person twice", "same_person", review.Demonstration, "bela", "bela", review.Authoriser,
			func(b *bench) { b.mustSign("bela", review.Scientist) },
		},
		{
			"the reviewer as authoriser", "same_person", review.Demonstration, "bela", "bela", review.Authoriser,
			func(b *bench) { b.reviewedBy("bela"); signed(b) },
		},
		{"the same certificate twice", "same_certificate", review.Demonstration, "bela", "anna", review.Authoriser, signed},
		{
			"a sealed case", "sealed", review.Demonstration, "cleo", "cleo", review.Authoriser,
			func(b *bench) { signed(b); b.mustSign("bela", review.Authoriser) },
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(t, tt.kind)
			if tt.before != nil {
				tt.before(b)
			}
			before := b.everything()
			err := b.may(tt.who, tt.role, b.ids[tt.with])
			if tt.code == "" && err != nil {
				t.Errorf("May = %v", err)
			} else if tt.code != "" {
				policy(t, err, tt.code)
			}
			b.unchangedSince(before)
		})
	}
	b := newBench(t, review.Demonstration)
	if b.may("anna", review.Scientist, reports.Identity{}) == nil {
		t.Error("May lets an identity without certificate and key pass")
	}
}
