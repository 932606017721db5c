package main

import (
	"slices"
	"strings"
	"testing"

	"garrod/review"
	"garrod/review/identity"
	"garrod/review/triage"
)

// The demonstration's trio with the mother declared as the child of the other
// two: the sexes and one parent contradict the genotypes.
const wrongPED = "D\tDEMO-M\tDEMO-F\tDEMO-P\t1\t2\nD\tDEMO-P\t0\t0\t2\t1\nD\tDEMO-F\t0\t0\t1\t1\n"

func labelsOf(t *testing.T, lab, id string) (models, whys []string) {
	t.Helper()
	var w worklistDoc
	must(t, &w, "worklist", "--lab", lab, "--case", id)
	for _, v := range w.Variants {
		for _, l := range v.Labels {
			models, whys = append(models, l.Model), append(whys, l.Why)
		}
	}
	return models, whys
}

// wantNote holds that a case's worklist says text before anything else, in JSON
// and for people.
func wantNote(t *testing.T, lab, id, text string) {
	t.Helper()
	var w worklistDoc
	must(t, &w, "worklist", "--lab", lab, "--case", id)
	if len(w.Notes) == 0 || !strings.Contains(w.Notes[0], text) {
		t.Errorf("notes of the worklist %q, want first %q", w.Notes, text)
	}
	if r := garrod(t, "worklist", "--lab", lab, "--case", id); !strings.Contains(r.out, text) {
		t.Errorf("the worklist does not print %q", text)
	}
}

// A contradicted family is stored with its failed checks; its parents are not
// used until a scientist says why they may be, and the reason is kept.
func TestIdentityBlocksTheParents(t *testing.T) {
	lab := newLab(t)
	var added caseAdded
	must(t, &added, "case", "add", "--lab", lab, "--id", "ID-1", "--vcf", demoFile(t, "demo.vcf.gz"),
		"--proband", "DEMO-M", "--ped", writeText(t, "wrong.ped", wrongPED))
	outcome := map[string]review.Outcome{}
	for _, k := range added.Checks {
		outcome[k.Name] = k.Outcome
	}
	for _, name := range []string{"sex", "relatedness", "mendel"} {
		if outcome[name] != review.Fail {
			t.Errorf("%s: %s, want fail", name, outcome[name])
		}
	}
	var doc identityDoc
	must(t, &doc, "identity", "--lab", lab, "--case", "ID-1")
	if !doc.Blocked || len(doc.Blocks) != 4 || doc.Override != nil || len(doc.Pairs) != 3 || doc.Thresholds["twin_phi"].Value != 0.354 {
		t.Errorf("identity: blocked %v by %v, %d pairs, %v", doc.Blocked, doc.Blocks, len(doc.Pairs), doc.Thresholds["twin_phi"])
	}
	models, whys := labelsOf(t, lab, "ID-1")
	if len(models) == 0 || slices.Contains(models, triage.ModelDeNovo) || slices.Contains(models, triage.ModelDeNovoPossible) {
		t.Errorf("blocked, and labelled %v", models)
	}
	if !slices.ContainsFunc(whys, func(s string) bool { return strings.Contains(s, "identity is in doubt") }) {
		t.Errorf("no label says why: %v", whys)
	}

	wantNote(t, lab, "ID-1", "The parents' genotypes are not used")

	override := []string{"identity", "override", "--lab", lab, "--case", "ID-1", "--reason"}
	if r := garrod(t, append(override, " ")...); r.code != exitRefused {
		t.Errorf("without a reason: exit %d, want %d", r.code, exitRefused)
	}
	var done identityOverridden
	must(t, &done, append(override, "Labels of the tubes were swapped; the clinic confirms.")...)
	if done.Blocked || done.Revision != added.Revision+1 || done.AuditSeq <= added.AuditSeq || done.Override.By == "" {
		t.Errorf("override: %+v", done)
	}
	if models, _ = labelsOf(t, lab, "ID-1"); !slices.Contains(models, triage.ModelDeNovo) && !slices.Contains(models, triage.ModelDeNovoPossible) {
		t.Errorf("overridden, and labelled %v", models)
	}
	wantNote(t, lab, "ID-1", "Labels of the tubes were swapped; the clinic confirms.")
	if r := garrod(t, append(override, "again")...); r.code != exitRefused {
		t.Errorf("a second override: exit %d, want %d", r.code, exitRefused)
	}
	r := garrod(t, "case", "show", "--lab", lab, "--case", "ID-1")
	if !strings.Contains(r.out, "Labels of the tubes were swapped") {
		t.Errorf("the case does not tell the override: %s", r.out)
	}
}

// The demonstration's own trio is what its pedigree says, and the people find
// their numbers in a table.
func TestIdentityOfASoundTrio(t *testing.T) {
	lab := newLab(t)
	must(t, nil, "case", "add", "--lab", lab, "--id", "ID-2", "--vcf", demoFile(t, "demo.vcf.gz"), "--proband", "DEMO-P", "--ped", demoFile(t, "demo.ped"))
	var doc identityDoc
	must(t, &doc, "identity", "--lab", lab, "--case", "ID-2")
	if doc.Blocked || len(doc.Blocks) > 0 || len(doc.Sex) != 3 || len(doc.Mendel.Trios) != 1 {
		t.Errorf("%+v", doc)
	}
	for _, p := range doc.Pairs {
		if p.Verdict != identity.Agrees {
			t.Errorf("%s and %s: %s", p.A, p.B, p.Why)
		}
	}
	r := garrod(t, "identity", "--lab", lab, "--case", "ID-2")
	for _, want := range []string{"parent_child", "Manichaikul 2010", "DEMO-M", "Mendelian errors"} {
		if !strings.Contains(r.out, want) {
			t.Errorf("the table does not say %q", want)
		}
	}
	must(t, nil, "case", "add", "--lab", lab, "--id", "ID-3", "--vcf", demoFile(t, "demo.vcf.gz"), "--proband", "DEMO-P")
	must(t, &doc, "identity", "--lab", lab, "--case", "ID-3")
	var w worklistDoc
	if must(t, &w, "worklist", "--lab", lab, "--case", "ID-2"); len(w.Notes) != 1 || !strings.Contains(w.Notes[0], "not left-aligned") {
		t.Errorf("a sound trio's worklist notes %q", w.Notes)
	}
	if doc.Blocked || doc.Pairs[0].Verdict != identity.NotDeclared {
		t.Errorf("without a pedigree: %+v", doc.Pairs)
	}
}
