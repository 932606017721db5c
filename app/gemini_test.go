package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"garrod/review/genome"
	"garrod/review/triage"
)

// geminiFamily is one family of a file that gemini tests one of its tools with,
// and the records (1-based, in order of position) that its test asks for.
type geminiFamily struct {
	file, proband string
	ped           string // members in lines of four: id father mother status
	models        []string
	found         []int
	// differ holds the records that Garrod answers otherwise, with the reason.
	differ map[int]string
}

const (
	noParentAffected = "gemini asks for an affected parent; with parents called reference Garrod says de novo or, on weak evidence, leaves dominant open"
	maleHet          = "the father is called 0/1 on X, which one X cannot be: gemini takes him for an unaffected carrier, Garrod for a call that tells nothing"
	notInParents     = "both alleles would be new: gemini reads | without a phase set as phased, in cis here; Garrod keeps the pair with unknown phase"
)

// trioOf writes a family as in gemini's test pedigrees, without sexes.
func trioOf(n string, kid, dad, mom string) string {
	return n + "_kid " + n + "_dad " + n + "_mom " + kid + "," + n + "_dad 0 0 " + dad + "," + n + "_mom 0 0 " + mom
}

// apart is the same without the child's parents.
func apart(n string, kid, dad, mom string) string {
	return n + "_kid 0 0 " + kid + "," + n + "_dad 0 0 " + dad + "," + n + "_mom 0 0 " + mom
}

var geminiFamilies = slices.Concat(geminiDominant(), geminiRecessive(), geminiNew(), geminiPairs())

func geminiDominant() []geminiFamily {
	dominant := []string{triage.ModelDominant}
	var fs []geminiFamily
	for _, f := range []struct {
		file    string
		parents [4]bool // of families 1 to 3
	}{
		{"auto_dom", [4]bool{1: true, 2: true, 3: true}},
		{"auto_dom.no_parents", [4]bool{1: true, 3: true}},
		{"auto_dom.no_parents.2", [4]bool{1: true}},
		{"auto_dom.no_parents.3", [4]bool{}},
	} {
		write := func(n int) func(string, string, string, string) string {
			if f.parents[n] {
				return trioOf
			}
			return apart
		}
		one := geminiFamily{file: f.file, proband: "1_kid", ped: write(1)("1", "2", "1", "1"), models: dominant}
		if f.parents[1] {
			one.differ = map[int]string{1: noParentAffected, 3: noParentAffected, 4: noParentAffected}
		} else {
			one.found = []int{1, 3, 4}
		}
		fs = append(
			fs, one,
			geminiFamily{file: f.file, proband: "2_kid", ped: write(2)("2", "2", "1", "2"), models: dominant, found: []int{1, 3, 4}},
			geminiFamily{file: f.file, proband: "3_kid", ped: write(3)("3", "2", "2", "0"), models: dominant, found: []int{1, 2, 3, 4, 5}},
		)
	}
	return fs
}

func geminiRecessive() []geminiFamily {
	var fs []geminiFamily
	for _, f := range []struct {
		file  string
		write []func(string, string, string, string) string
	}{
		{"auto_rec.no_parents.2", []func(string, string, string, string) string{apart, apart, trioOf}},
		{"auto_rec.no_parents.3", []func(string, string, string, string) string{apart, apart, apart}},
		{"auto_rec.no_parents.5", []func(string, string, string, string) string{trioOf}},
	} {
		found := [][]int{{1, 2}, {1, 3}, {5}}
		for i, write := range f.write {
			n := fmt.Sprint(i + 1)
			fs = append(fs, geminiFamily{file: f.file, proband: n + "_kid", ped: write(n, "2", "1", "1"), models: []string{triage.ModelRecessiveHom}, found: found[i]})
		}
	}
	return fs
}

func geminiNew() []geminiFamily {
	anyNew := []string{triage.ModelDeNovo, triage.ModelDeNovoPossible}
	xTrio := "1_kid 1_dad 1_mom 2 2,1_dad 0 0 1 1,1_mom 0 0 1 2"
	return []geminiFamily{
		{file: "de_novo", proband: "1_kid", ped: trioOf("1", "2", "1", "1"), models: anyNew, found: []int{1, 4, 5}},
		{file: "de_novo", proband: "2_kid", ped: trioOf("2", "2", "1", "1"), models: anyNew, found: []int{2, 4, 5}},
		{file: "de_novo", proband: "3_kid", ped: trioOf("3", "2", "1", "1"), models: anyNew, found: []int{3, 5}},
		{file: "x-linked", proband: "1_kid", ped: xTrio, models: []string{triage.ModelXLinkedFemaleHom}, found: []int{2}, differ: map[int]string{1: maleHet}},
		{file: "x-linked", proband: "1_kid", ped: xTrio, models: []string{triage.ModelXLinkedFemale}, differ: map[int]string{3: noParentAffected}},
		{file: "x-linked", proband: "1_kid", ped: xTrio, models: anyNew, found: []int{3}},
		{
			file: "inherited-dn", proband: "kid", models: []string{triage.ModelDominant}, found: []int{1},
			ped: "kid dad mom 2 2,mom gpa gma 2 2,dad 0 0 1 1,gma 0 0 1 2,gpa 0 0 1 1",
		},
	}
}

func geminiPairs() []geminiFamily {
	pair := []string{triage.ModelCompoundHet}
	child := func(n string) string {
		return "child_" + n + " dad_" + n + " mom_" + n + " 2 1,dad_" + n + " 0 0 1 1,mom_" + n + " 0 0 1 2"
	}
	return []geminiFamily{
		{file: "comp_het.3", proband: "child_1", ped: child("1"), models: pair},
		{file: "comp_het.3", proband: "child_2", ped: child("2"), models: pair},
		{file: "comp_het.3", proband: "child_3", ped: child("3"), models: pair, found: []int{1, 2}},
		{file: "comp_het.3", proband: "child_4", ped: child("4"), models: pair, found: []int{1, 2}},
		{file: "comp_het.4", proband: "child_1", ped: child("1"), models: pair, differ: map[int]string{1: notInParents, 2: notInParents}},
		{file: "comp_het.4", proband: "child_2", ped: child("2"), models: pair},
		{file: "comp_het.5", proband: "child_1", ped: child("1"), models: pair, differ: map[int]string{1: notInParents, 2: notInParents}},
		{file: "comp_het.5", proband: "child_2", ped: child("2"), models: pair, differ: map[int]string{1: notInParents, 2: notInParents}},
		{file: "comp_het.7", proband: "child_1", ped: child("1"), models: pair, differ: map[int]string{1: notInParents, 2: notInParents}},
		{file: "comp_het.7", proband: "child_2", ped: child("2"), models: pair, differ: map[int]string{2: notInParents, 4: notInParents}},
		{file: "comp_het.singleton", proband: "child_1", ped: "child_1 0 0 2 1", models: pair, found: []int{1, 2}},
		{file: "from_inheritance", proband: "akid", ped: "akid dad mom 0 1,bkid dad mom 0 1,dad 0 0 0 1,mom 0 0 0 2", models: pair, found: []int{1, 2}},
	}
}

// TestGemini compares the labels of every record with what gemini's own tests
// (arq5x/gemini, test/test-*.sh) ask for on these files.
func TestGemini(t *testing.T) {
	agree, differ := 0, 0
	for _, f := range geminiFamilies {
		t.Run(f.file+"/"+f.proband+"/"+f.models[0], func(t *testing.T) {
			rows := labelAll(t, readable(t, f.path()), f.proband, f.pedText(), genome.GRCh37)
			for i, r := range rows {
				theirs, ours := slices.Contains(f.found, i+1), hasModel(r, f.models...)
				reason, told := f.differ[i+1]
				switch {
				case theirs == ours && told:
					t.Errorf("record %d: a difference is told (%s), but both say %v", i+1, reason, ours)
				case theirs == ours:
					agree++
				case told:
					differ++
				default:
					t.Errorf("record %d: gemini says %v, Garrod %v: %+v", i+1, theirs, ours, r.Labels)
				}
			}
		})
	}
	t.Logf("%d answers agree with gemini, %d differ with a reason", agree, differ)
}

func (f geminiFamily) path() string {
	if f.file == "inherited-dn" || f.file == "from_inheritance" {
		return "annotated_vcf/gemini__" + f.file + ".vcf"
	}
	return "annotated_vcf/gemini__test." + f.file + ".vcf"
}

// pedText writes the pedigree; a line of four has no sex.
func (f geminiFamily) pedText() string {
	var b strings.Builder
	for m := range strings.SplitSeq(f.ped, ",") {
		w := strings.Fields(m)
		sex := "0"
		if len(w) == 5 {
			sex = w[4]
		}
		fmt.Fprintf(&b, "F\t%s\t%s\t%s\t%s\t%s\n", w[0], w[1], w[2], sex, w[3])
	}
	return b.String()
}
