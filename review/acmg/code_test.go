package acmg_test

import (
	"encoding/json"
	"errors"
	"testing"

	"garrod/review/acmg"

	"github.com/google/go-cmp/cmp"
)

func TestParseCode(t *testing.T) {
	rs := shipped(t)["acgs-2024"]
	for _, tt := range []struct{ in, label, canonical string }{
		{"PM2_Supporting", "PM2_Supporting", "PM2_Supporting"},
		{"PM2_P", "PM2_Supporting", "PM2_Supporting"},
		{"PM2_Sup", "PM2_Supporting", "PM2_Supporting"},
		{"PM2", "PM2_Moderate", "PM2"},
		{"PM2_Moderate", "PM2_Moderate", "PM2"},
		{"PS4_M", "PS4_Moderate", "PS4_Moderate"},
		{"PVS1", "PVS1_VeryStrong", "PVS1"},
		{"PVS1_S", "PVS1_Strong", "PVS1_Strong"},
		{"PVS1_Strong", "PVS1_Strong", "PVS1_Strong"},
		{"PS2_VS", "PS2_VeryStrong", "PS2_VeryStrong"},
		{"PS2_Very Strong", "PS2_VeryStrong", "PS2_VeryStrong"},
		{"PS2_Very_Strong", "PS2_VeryStrong", "PS2_VeryStrong"},
		{"PS2_verystrong", "PS2_VeryStrong", "PS2_VeryStrong"},
		{"BA1_StandAlone", "BA1_StandAlone", "BA1"},
		{"BS1_Stand Alone", "BS1_StandAlone", "BS1_StandAlone"},
		{"PVS1(RNA)", "PVS1_VeryStrong(RNA)", "PVS1(RNA)"},
		{"PVS1_Strong(RNA)", "PVS1_Strong(RNA)", "PVS1_Strong(RNA)"},
		{"PVS1(RNA)_Strong", "PVS1_Strong(RNA)", "PVS1_Strong(RNA)"},
		{"BP7_Strong(RNA)", "BP7_Strong(RNA)", "BP7_Strong(RNA)"},
		{"PM5_PTC", "PM5_PTC_Moderate", "PM5_PTC"},
		{"PM5_PTC_Strong", "PM5_PTC_Strong", "PM5_PTC_Strong"},
		{" BP4 ", "BP4_Supporting", "BP4"},
		{"BP4_Moderate", "BP4_Moderate", "BP4_Moderate"},
	} {
		got, err := acmg.ParseCode(tt.in, rs)
		if err != nil || got.Label() != tt.label || got.String() != tt.canonical {
			t.Errorf("%q: %s, %s, %v; want %s, %s", tt.in, got.Label(), got, err, tt.label, tt.canonical)
		}
		for _, again := range []string{got.Label(), got.String()} {
			if c, err := acmg.ParseCode(again, rs); err != nil || c != got {
				t.Errorf("%q written as %q reads as %v, %v", tt.in, again, c, err)
			}
		}
		var text acmg.Code
		if err := text.UnmarshalText([]byte(got.String())); err != nil || text != got {
			t.Errorf("%q as text reads as %v, %v", got, text, err)
		}
	}
	for _, bad := range []string{
		"", "PVS2", "PM7", "pvs1x", "PM2_", "PM2_Weak", "PM2Supporting", "PM2_Supporting_Strong",
		"PVS1_StandAlone", "PS3(RNA)", "_Strong", "PM2(", "BP7_Strong(DNA)", "PVS1 PM2",
	} {
		if c, err := acmg.ParseCode(bad, rs); err == nil {
			t.Errorf("%q reads as %v", bad, c)
		} else if ce := (*acmg.CodeError)(nil); !errors.As(err, &ce) {
			t.Errorf("%q: %T is no CodeError", bad, err)
		}
	}
}

func TestPoints(t *testing.T) {
	for _, tt := range []struct {
		p    acmg.Points
		want string
	}{{900, "9"}, {25, "0.25"}, {-400, "-4"}, {-50, "-0.5"}, {0, "0"}, {-5, "-0.05"}, {1010, "10.1"}} {
		b, err := json.Marshal(tt.p)
		if err != nil || string(b) != tt.want || tt.p.String() != tt.want {
			t.Errorf("%d: %s %s %v, want %s", int64(tt.p), b, tt.p, err, tt.want)
		}
		var back acmg.Points
		if err := json.Unmarshal(b, &back); err != nil || back != tt.p {
			t.Errorf("%s reads as %d, %v", b, int64(back), err)
		}
	}
	for _, bad := range []string{"0.255", `"9"`, "1e2", "99999999999999999999", "true"} {
		var p acmg.Points
		if err := json.Unmarshal([]byte(bad), &p); err == nil {
			t.Errorf("%s reads as %s", bad, p)
		}
	}
}

func TestClass(t *testing.T) {
	for i, c := range []acmg.Class{"B", "LB", "VUS", "LP", "P"} {
		if c.Number() != i+1 {
			t.Errorf("%s is number %d", c, c.Number())
		}
	}
	if w := acmg.ClassLikelyPathogenic.Word(); w != "Likely pathogenic" {
		t.Error(w)
	}
	b, err := json.Marshal(struct{ A, B acmg.Class }{acmg.ClassWithheld, acmg.ClassUncertain})
	if err != nil || string(b) != `{"A":null,"B":"VUS"}` {
		t.Errorf("%s %v", b, err)
	}
	var back struct{ A, B acmg.Class }
	if err := json.Unmarshal(b, &back); err != nil || back.A != acmg.ClassWithheld || back.B != acmg.ClassUncertain {
		t.Errorf("%v %v", back, err)
	}
	if err := json.Unmarshal([]byte(`{"A":"likely"}`), &back); err == nil {
		t.Error("a class of another name was read")
	}
}

// What the program prints and stores reads back to the same.
func TestJSONRoundTrip(t *testing.T) {
	rs := shipped(t)["acgs-2024"]
	ev := []acmg.Evidence{{Code: acmg.Code{Criterion: "PM2", Strength: acmg.Supporting}, Reason: "absent"}}
	b, err := json.Marshal(ev)
	if err != nil || string(b) != `[{"code":"PM2_Supporting","reason":"absent"}]` {
		t.Errorf("evidence: %s %v", b, err)
	}
	var backEvidence []acmg.Evidence
	if err := json.Unmarshal(b, &backEvidence); err != nil || !cmp.Equal(ev, backEvidence) {
		t.Errorf("evidence: %v %v", backEvidence, err)
	}
	want := propose(t, rs, facts(t, `"predictors":[`+revel("0.95")+`],`+spliceai("0.4")))
	if b, err = json.Marshal(want); err != nil {
		t.Fatal(err)
	}
	var got acmg.Proposals
	if err := json.Unmarshal(b, &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	c := combine(t, rs, "PVS1 PP3 PM2_Supporting", acmg.Unit{})
	if b, err = json.Marshal(c); err != nil {
		t.Fatal(err)
	}
	var backClass acmg.Classification
	if err := json.Unmarshal(b, &backClass); err != nil || !cmp.Equal(c, backClass) {
		t.Errorf("classification: %s %v", b, err)
	}
}

// The shapes the command line promises.
func TestContractShapes(t *testing.T) {
	rs := shipped(t)["acgs-2024"]
	b, err := json.Marshal(combine(t, rs, "PVS1 PP3 PM2_Supporting", acmg.Unit{}))
	if err != nil {
		t.Fatal(err)
	}
	var c struct {
		Codes      []string
		Points     float64
		StandAlone *bool `json:"stand_alone"`
		Class      string
		Band       *string
		Suppressed []struct {
			Code, By, Ref string
			PointsLost    float64 `json:"points_lost"`
		}
		Capped []any
		Flags  []string
	}
	if err := json.Unmarshal(b, &c); err != nil {
		t.Fatal(err)
	}
	if c.Points != 9 || c.Class != "LP" || c.StandAlone == nil || c.Band == nil || c.Capped == nil || c.Flags == nil ||
		!cmp.Equal(c.Codes, []string{"PVS1", "PM2_Supporting", "PP3"}) {
		t.Errorf("%s", b)
	}
	if len(c.Suppressed) != 1 || c.Suppressed[0].Code != "PP3" || c.Suppressed[0].By != "PVS1" || c.Suppressed[0].PointsLost != 1 || c.Suppressed[0].Ref == "" {
		t.Errorf("%+v", c.Suppressed)
	}
	b, err = json.Marshal(proposalOf(t, propose(t, rs, facts(t, "")), "PM2"))
	if err != nil {
		t.Fatal(err)
	}
	var p struct {
		Code, State, Reason, Provenance string
		Inputs                          map[string]struct{ Value string }
	}
	if err := json.Unmarshal(b, &p); err != nil || p.Inputs["coverage"].Value != "not looked up" || p.State != "not_assessed" {
		t.Errorf("%s %v", b, err)
	}
}
