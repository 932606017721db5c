package main

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"garrod/review"
	"garrod/review/genome"
	"garrod/review/triage"

	"github.com/google/go-cmp/cmp"
)

// annotatedRecord is what genmod wrote of a record.
type annotatedRecord struct {
	models   []string // in genmod's words, sorted
	exonic   bool
	partners []string // places of compounds
}

// genmodRecords reads what genmod says of each record of a VCF, plain or
// compressed, by place and alleles as written.
func genmodRecords(t *testing.T, path string) map[string][]annotatedRecord {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(path, ".gz") {
		if r, err = gzip.NewReader(f); err != nil {
			t.Fatal(err)
		}
	}
	s := bufio.NewScanner(r)
	s.Buffer(nil, 1<<24)
	out := map[string][]annotatedRecord{}
	for s.Scan() {
		if strings.HasPrefix(s.Text(), "#") {
			continue
		}
		cols := strings.SplitN(s.Text(), "\t", 9)
		var a annotatedRecord
		for field := range strings.SplitSeq(cols[7], ";") {
			if text, ok := strings.CutPrefix(field, "GeneticModels="); ok {
				_, text, _ = strings.Cut(text, ":")
				a.models = plainModels(strings.Split(text, "|"))
			}
			a.exonic = a.exonic || field == "Exonic"
			if text, ok := strings.CutPrefix(field, "Compounds="); ok {
				_, text, _ = strings.Cut(text, ":")
				for c := range strings.SplitSeq(text, "|") {
					c, _, _ = strings.Cut(c, ">")
					a.partners = append(a.partners, strings.ReplaceAll(c, "_", ":"))
				}
			}
		}
		place := strings.Join([]string{cols[0], cols[1], cols[3], cols[4]}, ":")
		out[place] = append(out[place], a)
	}
	return out
}

// plainModels drops what genmod adds where a parent is not called: two copies
// that may be new, and one that may be inherited, are one answer with Garrod.
func plainModels(ms []string) []string {
	if slices.Contains(ms, "AR_hom") {
		ms = slices.DeleteFunc(ms, func(m string) bool { return m == "AR_hom_dn" })
	}
	slices.Sort(ms)
	return ms
}

// inGenmodWords gives Garrod's labels in genmod's words.
func inGenmodWords(r triage.Row) []string {
	var out []string
	add := func(word string, ok bool) {
		if ok && !slices.Contains(out, word) {
			out = append(out, word)
		}
	}
	parentReference := hasModel(r, triage.ModelParentReference)
	add("AR_hom_dn", parentReference)
	add("AR_hom", hasModel(r, triage.ModelRecessiveHom) && !parentReference)
	add("AD_dn", hasModel(r, triage.ModelDeNovo, triage.ModelDeNovoPossible))
	add("XR", hasModel(r, triage.ModelXLinked, triage.ModelXLinkedFemaleHom))
	add("XD", hasModel(r, triage.ModelXLinked, triage.ModelXLinkedFemaleHom, triage.ModelXLinkedFemale))
	for _, l := range r.Labels {
		add("AD", l.Model == triage.ModelDominant && l.Basis != "neither")
		add("AR_comp", l.Model == triage.ModelCompoundHet && l.Phase == "trans")
		add("AR_comp_dn", l.Model == triage.ModelCompoundHet && l.Phase != "trans")
	}
	slices.Sort(out)
	return out
}

// The reasons why Garrod answers otherwise than genmod.
const (
	noCall       = "the proband has no full call: genmod gives a model to ./. and 0/., Garrod none"
	unproven     = "a parent has no full call, or a reference call on weak evidence: genmod takes it for reference, Garrod does not"
	oneX         = "a male heterozygous on X or Y: genmod reads it as a heterozygote, Garrod as an anomaly or no call"
	mito         = "genmod has no model for the mitochondrial genome"
	parX         = "a pseudoautosomal region: genmod reads it as X, Garrod as an autosome"
	notExonic    = "the genmod file has pairs of exonic records only"
	weakPartner  = "a partner's parents are not fully called, or on weak evidence"
	eitherParent = "one allele of the pair may come from either parent: genmod drops the pair, Garrod keeps it with unknown phase"
	homParent    = "an unaffected parent has two copies of one allele: genmod drops the pair, Garrod keeps it with a warning"
	genesReach   = "genmod's genes reach beyond the transcripts: the two share none by their consequences"
)

// comparison is what reason needs of a file.
type comparison struct {
	trio  [3]string // proband, father, mother
	rows  map[string]*triage.Row
	place map[string]*triage.Row
	weak  map[string]bool
	pairs bool // the file tells exonic records apart
}

func compare(rows []triage.Row, trio [3]string, theirs map[string][]annotatedRecord) comparison {
	c := comparison{trio: trio, rows: map[string]*triage.Row{}, place: map[string]*triage.Row{}, weak: unprovenRows(rows, trio)}
	for i := range rows {
		c.rows[rows[i].Variant.Key.String()] = &rows[i]
		c.place[placeOf(rows[i])] = &rows[i]
	}
	for _, as := range theirs {
		c.pairs = c.pairs || slices.ContainsFunc(as, func(a annotatedRecord) bool { return a.exonic })
	}
	return c
}

func placeOf(r triage.Row) string {
	rec := r.Variant.Record
	return fmt.Sprintf("%s:%d:%s:%s", rec.Contig, rec.Pos, rec.Ref, strings.Join(rec.Alts, ","))
}

// reason finds why the two differ; empty where they should not.
func (c comparison) reason(r triage.Row, theirs annotatedRecord, ours []string) string {
	v := &r.Variant
	single := func(ms []string) []string {
		return slices.DeleteFunc(slices.Clone(ms), func(m string) bool { return strings.HasPrefix(m, "AR_comp") })
	}
	switch {
	case callOf(v, c.trio[0]).State != review.Called:
		return noCall
	case v.Key.Contig == "MT":
		return mito
	case genome.InPAR(genome.GRCh37, v.Key.Contig, v.Key.Pos):
		return parX
	case (v.Key.Contig == "X" || v.Key.Contig == "Y") && (isHet(v, c.trio[0]) || isHet(v, c.trio[1])):
		return oneX
	case c.weak[v.Key.String()]:
		return unproven
	case !slices.Equal(single(theirs.models), single(ours)):
		return ""
	case len(theirs.models) > len(ours):
		return c.lostPair(r, theirs)
	}
	return c.morePairs(r, theirs)
}

func isHet(v *review.Variant, sample string) bool {
	k := callOf(v, sample)
	return k.Copies == 1 && k.Ploidy == 2
}

// lostPair finds why Garrod lacks a pair.
func (c comparison) lostPair(r triage.Row, theirs annotatedRecord) string {
	for _, place := range theirs.partners {
		switch p := c.place[place]; {
		case p == nil:
		case c.weak[p.Variant.Key.String()]:
			return weakPartner
		case !shareGene(&r.Variant, &p.Variant):
			return genesReach
		}
	}
	return ""
}

// morePairs finds why Garrod has another pair.
func (c comparison) morePairs(r triage.Row, theirs annotatedRecord) string {
	for _, l := range r.Labels {
		for _, key := range l.Partner {
			p := c.rows[key]
			switch {
			case c.weak[key]:
				return weakPartner
			case c.inBoth(&r.Variant) || c.inBoth(&p.Variant):
				return eitherParent
			case strings.Contains(l.Why, "has two copies of"):
				return homParent
			case c.pairs && (!theirs.exonic || len(l.Partner) > len(theirs.partners)):
				return notExonic
			}
		}
	}
	return ""
}

func (c comparison) inBoth(v *review.Variant) bool {
	return callOf(v, c.trio[1]).HasAlt() && callOf(v, c.trio[2]).HasAlt()
}

func shareGene(a, b *review.Variant) bool {
	return slices.ContainsFunc(a.Consequences, func(x review.Consequence) bool {
		return slices.ContainsFunc(b.Consequences, func(y review.Consequence) bool {
			return x.Symbol != "" && x.Symbol == y.Symbol && !x.IsBeside() && !y.IsBeside()
		})
	})
}

func callOf(v *review.Variant, sample string) review.Call {
	for _, c := range v.Calls {
		if c.Sample == sample {
			return c
		}
	}
	return review.Call{State: review.NoRecord}
}

// unprovenRows lists the variants with a parent who is not called in full or
// without the allele on weak evidence.
func unprovenRows(rows []triage.Row, trio [3]string) map[string]bool {
	p := triage.DefaultInheritance()
	weak := map[string]bool{}
	for i := range rows {
		v := &rows[i].Variant
		for _, parent := range trio[1:] {
			c := callOf(v, parent)
			low := c.GQ != nil && *c.GQ < p.RefMinGQ || c.Depth != nil && *c.Depth < p.RefMinDepth
			if c.State != review.Called || c.Copies == 0 && low {
				weak[v.Key.String()] = true
			}
		}
	}
	return weak
}

// TestGenmod compares the labels of every record with the GeneticModels that
// genmod wrote (Clinical-Genomics/genmod and scout). Each difference has one of
// the reasons above; want counts them.
func TestGenmod(t *testing.T) {
	for _, tt := range []struct {
		name, vcf, ped string
		trio           [3]string // proband, father, mother
		agree          int
		want           map[string]int
	}{
		{
			"genmod", "annotated_vcf/genmod__test_vcf_regions_models_scored.vcf", "annotated_vcf/genmod__recessive_trio.ped",
			[3]string{"proband", "father", "mother"},
			8,
			map[string]int{unproven: 2, weakPartner: 1, parX: 1, mito: 1, notExonic: 2},
		},
		{
			"scout", "annotated_vcf/scout__643594.clinical.vcf.gz", "annotated_vcf/scout__643594.ped",
			[3]string{"ADM1059A2", "ADM1059A1", "ADM1059A3"},
			505,
			map[string]int{oneX: 5, unproven: 37, weakPartner: 18, homParent: 38, eitherParent: 62, noCall: 15},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			ped, err := os.ReadFile(shared(t, tt.ped))
			if err != nil {
				t.Fatal(err)
			}
			path := shared(t, tt.vcf)
			theirs := genmodRecords(t, path)
			if !strings.HasSuffix(path, ".gz") {
				path = readable(t, tt.vcf)
			}
			rows := labelAll(t, path, tt.trio[0], string(ped), genome.GRCh37)
			c := compare(rows, tt.trio, theirs)
			agree, differ := 0, map[string]int{}
			for _, r := range rows {
				all := theirs[placeOf(r)]
				if len(all) == 0 {
					t.Fatalf("%s is not in the file", placeOf(r))
				}
				ours := inGenmodWords(r)
				if slices.ContainsFunc(all, func(a annotatedRecord) bool { return slices.Equal(a.models, ours) }) {
					agree++
					continue
				}
				why := c.reason(r, all[0], ours)
				if why == "" {
					t.Errorf("%s: genmod says %v, Garrod %v: %+v", placeOf(r), all[0].models, ours, r.Labels)
				}
				differ[why]++
			}
			if agree != tt.agree {
				t.Errorf("%d of %d agree, want %d", agree, len(rows), tt.agree)
			}
			if d := cmp.Diff(tt.want, differ); d != "" {
				t.Errorf("differences by reason (-want +got):\n%s", d)
			}
		})
	}
}
