package review

import "testing"

func TestSeverityFollowsEnsemblOrder(t *testing.T) {
	order := []string{
		"transcript_ablation", "splice_donor_variant", "stop_gained", "frameshift_variant",
		"missense_variant", "splice_region_variant", "synonymous_variant", "3_prime_UTR_variant",
		"intron_variant", "upstream_gene_variant", "intergenic_variant", "never_heard_of_variant",
	}
	for i := 1; i < len(order); i++ {
		a, _ := Severity(order[i-1])
		b, _ := Severity(order[i])
		if a >= b {
			t.Errorf("Severity(%s) = %d, Severity(%s) = %d: want the first to be more severe", order[i-1], a, order[i], b)
		}
	}
	if _, ok := Severity("never_heard_of_variant"); ok {
		t.Error("Severity(never_heard_of_variant): ok, want not known")
	}
	a, _ := Severity("disruptive_inframe_deletion")
	if b, _ := Severity("inframe_deletion"); a != b {
		t.Errorf("SnpEff's disruptive_inframe_deletion ranks %d, want %d as its parent", a, b)
	}
}

func TestChooseConsequence(t *testing.T) {
	row := func(source, symbol, mane, biotype string, canonical bool, terms ...string) Consequence {
		return Consequence{Source: source, Symbol: symbol, MANE: mane, Biotype: biotype, Canonical: canonical, Terms: terms}
	}
	pc := "protein_coding"
	for _, tt := range []struct {
		name      string
		rows      []Consequence
		want      int
		ok, worse bool
	}{
		{name: "nothing"},
		{
			name: "MANE Select before a worse other transcript, which is told",
			rows: []Consequence{
				row("CSQ", "A", "", pc, false, "stop_gained"),
				row("CSQ", "A", "select", pc, true, "missense_variant"),
			},
			want: 1, ok: true, worse: true,
		},
		{
			name: "MANE Plus Clinical where it is worse",
			rows: []Consequence{
				row("CSQ", "A", "select", pc, true, "intron_variant"),
				row("CSQ", "A", "plus_clinical", pc, false, "missense_variant"),
			},
			want: 1, ok: true,
		},
		{
			name: "MANE Select where Plus Clinical is equal",
			rows: []Consequence{
				row("CSQ", "A", "plus_clinical", pc, false, "missense_variant"),
				row("CSQ", "A", "select", pc, true, "missense_variant"),
			},
			want: 1, ok: true,
		},
		{
			name: "canonical without MANE (GRCh37)",
			rows: []Consequence{
				row("CSQ", "A", "", pc, false, "missense_variant"),
				row("CSQ", "A", "", pc, true, "synonymous_variant"),
			},
			want: 1, ok: true, worse: true,
		},
		{
			name: "worst coding without canonical",
			rows: []Consequence{
				row("ANN", "A", "", "retained_intron", false, "splice_donor_variant"),
				row("ANN", "A", "", pc, false, "synonymous_variant"),
				row("ANN", "A", "", pc, false, "missense_variant", "splice_region_variant"),
			},
			want: 2, ok: true, worse: true,
		},
		{
			name: "a gene that holds the variant before MANE of a neighbour",
			rows: []Consequence{
				row("CSQ", "A", "select", pc, true, "upstream_gene_variant"),
				row("CSQ", "B", "", pc, true, "missense_variant"),
			},
			want: 1, ok: true,
		},
		{
			name: "a snRNA that holds it before a neighbouring coding gene",
			rows: []Consequence{
				row("CSQ", "A", "select", pc, true, "downstream_gene_variant"),
				row("CSQ", "RNU4-2", "", "snRNA", true, "non_coding_transcript_exon_variant"),
			},
			want: 1, ok: true,
		},
		{
			name: "one source only: CSQ before ANN",
			rows: []Consequence{
				row("ANN", "A", "", pc, false, "stop_gained"),
				row("CSQ", "A", "", pc, false, "missense_variant"),
			},
			want: 1, ok: true,
		},
		{
			name: "a row without terms is still a row",
			rows: []Consequence{{Source: "CSQ"}}, want: 0, ok: true,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			i, ok, worse := ChooseConsequence(tt.rows)
			if i != tt.want || ok != tt.ok || worse != tt.worse {
				t.Errorf("got row %d, ok %t, worst elsewhere %t; want %d, %t, %t", i, ok, worse, tt.want, tt.ok, tt.worse)
			}
		})
	}
}

// MANE, then the laboratory's list in its order, then canonical (acmg.md, section
// 7: gene rules before the laboratory's).
func TestTranscriptChoice(t *testing.T) {
	row := func(transcript, mane string, canonical bool, term string) Consequence {
		return Consequence{Source: "CSQ", Symbol: "A", Transcript: transcript, MANE: mane, Canonical: canonical, Biotype: "protein_coding", Terms: []string{term}}
	}
	canonical := row("NM_1.1", "", true, "missense_variant")
	second := row("NM_2.5", "", false, "synonymous_variant")
	third := row("NM_3.1", "", false, "stop_gained")
	for _, tt := range []struct {
		name      string
		preferred []string
		rows      []Consequence
		want      string
		worse     bool
	}{
		{"no list", nil, []Consequence{canonical, second, third}, "NM_1.1", true},
		{"without a version", []string{"NM_2"}, []Consequence{canonical, second, third}, "NM_2.5", true},
		{"with its version", []string{"NM_2.5"}, []Consequence{canonical, second, third}, "NM_2.5", true},
		{"another version", []string{"NM_2.4"}, []Consequence{canonical, second}, "NM_1.1", false},
		{"in the list's order", []string{"NM_9", "NM_3", "NM_2"}, []Consequence{canonical, second, third}, "NM_3.1", false},
		{"part of a name", []string{"NM_"}, []Consequence{canonical, second}, "NM_1.1", false},
		{"MANE before the list", []string{"NM_2"}, []Consequence{canonical, second, row("NM_4.1", "select", false, "intron_variant")}, "NM_4.1", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			i, ok, worse := TranscriptChoice{Preferred: tt.preferred}.Choose(tt.rows)
			if !ok || tt.rows[i].Transcript != tt.want || worse != tt.worse {
				t.Errorf("%s, ok %t, worse elsewhere %t; want %s, true, %t", tt.rows[i].Transcript, ok, worse, tt.want, tt.worse)
			}
		})
	}
}
