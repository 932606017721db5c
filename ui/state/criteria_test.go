package state_test

import (
	"testing"

	"garrod/review/acmg"
	"garrod/ui/state"
)

func TestVocabularyTakesPointsByDirection(t *testing.T) {
	rs := &acmg.RuleSet{
		Points: acmg.PointTable{
			Pathogenic: map[acmg.Strength]int64{acmg.Supporting: 100, acmg.Strong: 400},
			Benign:     map[acmg.Strength]int64{acmg.Supporting: -100},
		},
		Criteria: map[acmg.Criterion]*acmg.CriterionRule{
			"PM2": {
				Direction: acmg.Pathogenic, Default: acmg.Supporting, Enabled: true, Title: "rare",
				Allowed: []acmg.Strength{acmg.Strong, acmg.Supporting},
			},
			"BP4": {Direction: acmg.Benign, Default: acmg.Supporting, Enabled: true},
			"PP5": {Direction: acmg.Pathogenic, Enabled: false, Reason: "withdrawn"},
		},
	}
	got := map[acmg.Criterion]state.Criterion{}
	for _, c := range state.Vocabulary(rs) {
		got[c.Code] = c
	}
	pm2 := got["PM2"]
	if len(got) != 3 || pm2.Points[acmg.Strong] != 400 || pm2.Strengths[0] != acmg.Supporting || pm2.Text != "rare" {
		t.Errorf("PM2: %+v", pm2)
	}
	if got["BP4"].Points[acmg.Supporting] != -100 {
		t.Errorf("BP4: %+v", got["BP4"])
	}
	if got["PP5"].Disabled != "withdrawn" || pm2.Disabled != "" {
		t.Errorf("PP5: %+v", got["PP5"])
	}
}
