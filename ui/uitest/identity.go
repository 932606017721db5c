package uitest

import (
	"garrod/review"
	"garrod/review/identity"
)

// doubted gives a case the identity of a trio whose mother is somebody else.
func doubted(c review.Case) review.Case {
	r := identity.Report{
		Samples: []string{"PRO", "MOT", "FAT"}, Sites: 2252, Rows: 3002, Thresholds: identity.DefaultParams().Thresholds(),
		Genotypes: []identity.Genotypes{{Sample: "PRO", Reference: 638, Het: 1073, Hom: 540, Unknown: 1}},
		Sex: []identity.Sex{
			{Sample: "PRO", Declared: review.Female, Genetic: review.Female, Verdict: identity.Agrees, XSites: 145, XHet: ptr(0.717), YSites: 11, Why: "71.7 % of the genotypes on X are heterozygous and there is no Y"},
			{Sample: "MOT", Declared: review.Female, Genetic: review.SexUnknown, Verdict: identity.Doubtful, XSites: 91, XHet: ptr(0.0), YSites: 11, Why: "0 % of the genotypes on X are heterozygous and there is no Y", Hint: "one X and no Y (X0), X alike in both copies, or a lost Y may explain it"},
			{Sample: "FAT", Declared: review.Male, Genetic: review.Male, Verdict: identity.Agrees, XSites: 89, XHet: ptr(0.0), YSites: 11, YCalls: 11, YX: ptr(0.97), Why: "0 % of the genotypes on X are heterozygous and there is a Y"},
		},
		Pairs: []identity.Pair{
			{A: "PRO", B: "FAT", Phi: ptr(0.247), IBS0: ptr(0.0), Sites: 1953, Declared: identity.ParentChild, Measured: identity.ParentChild, Verdict: identity.Agrees, Why: "parent and child, as declared"},
			{A: "PRO", B: "MOT", Phi: ptr(-0.018), IBS0: ptr(0.081), Sites: 2227, Declared: identity.ParentChild, Measured: identity.Unrelated, Verdict: identity.Contradicts, Why: "declared parent and child, measured unrelated"},
		},
		Mendel:        identity.Mendel{Trios: []identity.MendelRate{{Child: "PRO", Mother: "MOT", Father: "FAT", Sites: 2227, Errors: 281, Rate: ptr(0.126), Verdict: identity.Contradicts, Why: "281 of 2227 sites (12.6 %) cannot come from the declared parents"}}},
		UPD:           []identity.Disomy{{Child: "PRO", Contig: "15", Origin: "maternal", Kind: "isodisomy", Markers: 44, Imprinted: true, Why: "no paternal allele at 44 sites of chromosome 15"}},
		ROH:           []identity.Homozygosity{{Sample: "PRO", Verdict: identity.NotAssessed, Sites: 1493, Why: "1493 of the 5000 genotypes that are needed"}},
		Contamination: []identity.Contamination{{Sample: "PRO", Verdict: identity.Agrees, Share: ptr(0.002), Sites: 276, Hets: 1073, OddHets: ptr(0.0), Why: "0.2 % foreign reads by 276 homozygous sites"}},
		Mitochondrial: identity.Mitochondrial{Pairs: []identity.MitochondrialPair{{Mother: "MOT", Child: "PRO", Sites: 14, Differences: 9, Verdict: identity.Contradicts, Why: "9 of 14 sites differ without being mixed"}}},
	}
	const what = "The proband and the mother (MOT): declared parent and child, measured unrelated (phi -0.018, 8.1 % of 2227 sites without a shared allele)."
	i, err := identity.ForCase(r, identity.Judgement{Blocks: []string{what}})
	if err != nil {
		panic("uitest: a made report always has a JSON form: " + err.Error())
	}
	c.Identity = i
	c.Checks = append(c.Checks[:len(c.Checks)-1:len(c.Checks)-1], review.Check{Name: "relatedness", Outcome: review.Fail, Detail: what})
	return c
}
