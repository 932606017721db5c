package genome

import (
	"strings"
	"testing"
)

func TestParseAssembly(t *testing.T) {
	for in, want := range map[string]Assembly{
		"GRCh37": GRCh37, "hg19": GRCh37, "b37": GRCh37, "hs37d5": GRCh37, " grch38 ": GRCh38, "hg38": GRCh38,
	} {
		if got, err := ParseAssembly(in); err != nil || got != want {
			t.Errorf("ParseAssembly(%q) = %q, %v; want %q", in, got, err, want)
		}
	}
	for _, in := range []string{"", "hg18", "T2T", "GRCm39"} {
		if got, err := ParseAssembly(in); err == nil {
			t.Errorf("ParseAssembly(%q) = %q, want an error", in, got)
		}
	}
}

func TestTrim(t *testing.T) {
	for _, tt := range []struct {
		pos      Pos
		ref, alt string
		wantPos  Pos
		wantRef  string
		wantAlt  string
	}{
		{100, "A", "G", 100, "A", "G"},
		{100, "GA", "GAA", 100, "G", "GA"},         // right end first, the anchor stays
		{100, "GAA", "GA", 100, "GA", "G"},         // deletion
		{100, "ATC", "AGC", 101, "T", "G"},         // SNV padded at both ends
		{100, "ATTC", "AGGC", 101, "TT", "GG"},     // MNV
		{100, "CTT", "C", 100, "CTT", "C"},         // already least
		{100, "ACGT", "TCGA", 100, "ACGT", "TCGA"}, // shared in the middle only
		{100, "A", "A", 100, "A", "A"},
		{100, "AAAA", "AAAA", 100, "A", "A"},
	} {
		p, r, a := Trim(tt.pos, tt.ref, tt.alt)
		if p != tt.wantPos || r != tt.wantRef || a != tt.wantAlt {
			t.Errorf("Trim(%d, %s, %s) = %d, %s, %s; want %d, %s, %s", tt.pos, tt.ref, tt.alt, p, r, a, tt.wantPos, tt.wantRef, tt.wantAlt)
		}
	}
}

func TestParseKey(t *testing.T) {
	for in, want := range map[string]string{
		"17-43045712-A-G":     "17-43045712-A-G",
		"chr17-43045712-a-g":  "17-43045712-A-G",
		"chrM-3243-A-G":       "MT-3243-A-G",
		"HLA-A*01:01-5-A-T":   "HLA-A*01:01-5-A-T",
		"1-100-ATC-AGC":       "1-101-T-G",
		"2-100-N-<DEL>":       "2-100-N-<DEL>",
		"NC_000007.14-10-C-T": "7-10-C-T",
	} {
		k, err := ParseKey(GRCh38, in)
		if err != nil || k.String() != want || k.Assembly != GRCh38 {
			t.Errorf("ParseKey(%q) = %v, %v; want %s", in, k, err, want)
		}
	}
	for _, in := range []string{"", "17-A-G", "17-x-A-G", "17-5-<DEL>-A", "17-5-A-", "-5-A-G"} {
		if k, err := ParseKey(GRCh38, in); err == nil {
			t.Errorf("ParseKey(%q) = %v, want an error", in, k)
		}
	}
}

func TestRange(t *testing.T) {
	r := Range{"X", 10, 20}
	for _, tt := range []struct {
		o    Range
		want bool
	}{
		{Range{"X", 1, 9}, false},
		{Range{"X", 1, 10}, true},
		{Range{"X", 20, 30}, true},
		{Range{"X", 21, 30}, false},
		{Range{"Y", 10, 20}, false},
		{Range{"X", 15, 14}, true},
	} {
		if got := r.Overlaps(tt.o); got != tt.want {
			t.Errorf("%v overlaps %v = %t, want %t", r, tt.o, got, tt.want)
		}
	}
	for p, want := range map[Pos]bool{9: false, 10: true, 20: true, 21: false} {
		if got := r.Contains("X", p); got != want {
			t.Errorf("%v contains X:%d = %t, want %t", r, p, got, want)
		}
	}
}

// Both ends of each pseudoautosomal region, and one base beyond each.
func TestInPAR(t *testing.T) {
	for _, tt := range []struct {
		a           Assembly
		contig      string
		first, last Pos
	}{
		{GRCh37, "X", 60001, 2699520},
		{GRCh37, "X", 154931044, 155260560},
		{GRCh37, "Y", 10001, 2649520},
		{GRCh37, "Y", 59034050, 59363566},
		{GRCh38, "X", 10001, 2781479},
		{GRCh38, "X", 155701383, 156030895},
		{GRCh38, "Y", 10001, 2781479},
		{GRCh38, "Y", 56887903, 57217415},
	} {
		for p, want := range map[Pos]bool{tt.first - 1: false, tt.first: true, tt.last: true, tt.last + 1: false} {
			if got := InPAR(tt.a, tt.contig, p); got != want {
				t.Errorf("InPAR(%s, %s, %d) = %t, want %t", tt.a, tt.contig, p, got, want)
			}
		}
	}
	if InPAR(AssemblyUnknown, "X", 100000) || InPAR(GRCh38, "1", 100000) {
		t.Error("InPAR: want false without an assembly and off X and Y")
	}
}

func TestCanonicalContig(t *testing.T) {
	for in, want := range map[string]string{
		"chr1": "1", "1": "1", "CHRX": "X", "chrx": "X", "chrM": "MT", "M": "MT", "MT": "MT", "chrMT": "MT",
		"NC_000001.10": "1", "NC_000024.10": "Y", "NC_012920.1": "MT",
		"chrUn_KI270302v1": "chrUn_KI270302v1", "GL000191.1": "GL000191.1", "chr": "chr", "": "", "chr23": "chr23",
	} {
		if got := CanonicalContig(in); got != want {
			t.Errorf("CanonicalContig(%q) = %q, want %q", in, got, want)
		}
	}
	if !IsPrimary("MT") || !IsPrimary("22") || IsPrimary("23") || IsPrimary("chr1") {
		t.Error("IsPrimary: want canonical names only")
	}
}

func TestInferAssembly(t *testing.T) {
	for _, tt := range []struct {
		name     string
		contigs  []Contig
		want     Assembly
		disagree string
	}{
		{"37", []Contig{{"1", 249250621}, {"2", 243199373}}, GRCh37, ""},
		{"38", []Contig{{"chr1", 248956422}, {"chrUn", 5}}, GRCh38, ""},
		{"no lengths", []Contig{{"1", 0}}, AssemblyUnknown, ""},
		{"none", nil, AssemblyUnknown, ""},
		{"mixed", []Contig{{"1", 249250621}, {"2", 242193529}}, AssemblyUnknown, "1 2"},
		{"one odd", []Contig{{"1", 249250621}, {"2", 7}}, GRCh37, "2"},
		{"MT alone does not tell", []Contig{{"MT", LengthRCRS}}, AssemblyUnknown, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, _, dis := InferAssembly(tt.contigs)
			if a != tt.want || strings.Join(dis, " ") != tt.disagree {
				t.Errorf("got %q, disagree %v; want %q, %q", a, dis, tt.want, tt.disagree)
			}
		})
	}
}

func TestContigLength(t *testing.T) {
	for _, tt := range []struct {
		a      Assembly
		contig string
		want   int64
		ok     bool
	}{
		{GRCh37, "1", 249250621, true},
		{GRCh38, "Y", 57227415, true},
		{GRCh38, "MT", 16569, true},
		{GRCh38, "chr1", 0, false},
		{AssemblyUnknown, "1", 0, false},
	} {
		if got, ok := ContigLength(tt.a, tt.contig); got != tt.want || ok != tt.ok {
			t.Errorf("ContigLength(%q, %s) = %d, %t; want %d, %t", tt.a, tt.contig, got, ok, tt.want, tt.ok)
		}
	}
}

func FuzzParseKey(f *testing.F) {
	f.Add("17-43045712-A-G")
	f.Add("chr1-5-AA-A")
	f.Fuzz(func(t *testing.T, s string) {
		k, err := ParseKey(GRCh38, s)
		if err != nil {
			return
		}
		again, err := ParseKey(GRCh38, k.String())
		if err != nil || again != k {
			t.Errorf("ParseKey(%q) = %v, read back %v, %v", s, k, again, err)
		}
	})
}
