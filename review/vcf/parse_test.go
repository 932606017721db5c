package vcf

import (
	"testing"

	"garrod/review"

	"github.com/google/go-cmp/cmp"
)

func TestParseGT(t *testing.T) {
	for _, tt := range []struct {
		text   string
		want   []int
		phased bool
		ok     bool
	}{
		{"0/1", []int{0, 1}, false, true},
		{"1|0", []int{1, 0}, true, true},
		{".", []int{-1}, false, true},
		{"./.", []int{-1, -1}, false, true},
		{"./1", []int{-1, 1}, false, true},
		{"1", []int{1}, false, true},
		{"0/1/2", []int{0, 1, 2}, false, true},
		{"0|1/2", []int{0, 1, 2}, false, true},
		{"/0|1", []int{0, 1}, false, true},
		{"|0|1", []int{0, 1}, true, true},
		{"|1", []int{1}, true, true},
		{"12/13", []int{12, 13}, false, true},
		{"", nil, false, false},
		{"/", nil, false, false},
		{"0/", []int{0, -1}, false, true},
		{"0/0|", []int{0, 0, -1}, false, true},
		{"//", nil, false, false},
		{"0//1", nil, false, false},
		{"a", nil, false, false},
		{"-1/0", nil, false, false},
		{"..", nil, false, false},
		{".1", nil, false, false},
		{"1234567", nil, false, false},
		{"0 /1", nil, false, false},
	} {
		g, ok := parseGT(tt.text)
		if ok != tt.ok {
			t.Errorf("parseGT(%q) ok = %t, want %t", tt.text, ok, tt.ok)
		}
		if ok && (cmp.Diff(tt.want, g.alleles) != "" || g.phased != tt.phased) {
			t.Errorf("parseGT(%q) = %v, phased %t; want %v, %t", tt.text, g.alleles, g.phased, tt.want, tt.phased)
		}
	}
}

func TestParseFloat(t *testing.T) {
	for in, want := range map[string]numberKind{
		"1": finite, "-1e-5": finite, "0.5": finite, ".5": finite, ".": missing, "": missing, "NaN": notANumber, "-nan": notANumber,
		"inf": infinite, "-Infinity": infinite, "1e999": infinite, "x": notNumber, "0x10": notNumber, "1_000": notNumber, "1,5": notNumber,
	} {
		if _, got := parseFloat(in); got != want {
			t.Errorf("parseFloat(%q) is kind %d, want %d", in, got, want)
		}
	}
}

func TestDecode(t *testing.T) {
	for in, want := range map[string]string{
		"p.Leu2%3D": "p.Leu2=", "a%3Bb%2Cc%25": "a;b,c%", "100%": "100%", "%zz": "%zz", "%E2": "%E2", "": "",
	} {
		if got := decode(in); got != want {
			t.Errorf("decode(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestParseMeta(t *testing.T) {
	for _, tt := range []struct {
		line   string
		fields []metaField
		bad    bool
	}{
		{`INFO=<ID=A,Number=1,Description="a, \"b\" = c">`, []metaField{{"ID", "A"}, {"Number", "1"}, {"Description", `a, "b" = c`}}, false},
		{`contig=<ID=HLA-A*01:01,length=5>`, []metaField{{"ID", "HLA-A*01:01"}, {"length", "5"}}, false},
		{`reference=file:///x,y`, nil, false},
		{`INFO=<ID=A,Description="open>`, []metaField{{"ID", "A"}}, true},
		{`INFO=<ID=A`, nil, true},
		{`nothing`, nil, true},
		{`INFO=<A,B>`, nil, true},
		{`INFO=<ID=A,ID=B>`, []metaField{{"ID", "A"}, {"ID", "B"}}, true},
	} {
		m, err := parseMeta(tt.line)
		if (err != nil) != tt.bad || cmp.Diff(tt.fields, m.Fields) != "" {
			t.Errorf("parseMeta(%s) = %v, %v; want %v, bad %t", tt.line, m.Fields, err, tt.fields, tt.bad)
		}
	}
}

func TestKindOf(t *testing.T) {
	for alt, want := range map[string]review.VariantKind{
		"G": review.SmallVariant, "gattaca": review.SmallVariant, "*": review.OverlapDeleted, "<*>": review.ReferenceBlock, "<NON_REF>": review.ReferenceBlock,
		".": review.ReferenceBlock, "<DEL:ME:ALU>": review.Symbolic, "G]17:198982]": review.Breakend, "]13:123456]T": review.Breakend,
		"G.": review.Breakend, ".A": review.Breakend, "[<ctg>:7[T": review.Breakend, "C<ctg1>": review.Symbolic,
	} {
		if got := kindOf(alt); got != want {
			t.Errorf("kindOf(%s) = %s, want %s", alt, got, want)
		}
	}
	for alt, want := range map[string]bool{
		"G": true, "*": true, "<DEL>": true, "G]17:198982]": true, "]13:5]T": true, "G.": true, "[chr1:5[": false, ".": false, "": false,
		"<>": false, "<DEL": false, "I5": false, "G]17]": false, "G[1:5": false, "C<ctg1>": true, "C<>": false, "7<ctg1>": false, "A]1:5]T": false,
	} {
		if alt != "" && validAlt(alt) != want {
			t.Errorf("validAlt(%s) = %t, want %t", alt, !want, want)
		}
	}
}
