package vcf

import (
	"errors"
	"testing"

	"garrod/review"
	"garrod/review/genome"
)

// A key is read in the words of the file: hg19's chrM is not MT.
func TestParseKeyOfTheFile(t *testing.T) {
	hg19 := opened(t, made(t, "##fileformat=VCFv4.2\n##contig=<ID=chr1,length=249250621>\n##contig=<ID=chrM,length=16571>\n"+
		"##FORMAT=<ID=GT,Number=1,Type=String,Description=\"g\">\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tkid\tmum\tdad\n"+
		rec("chr1 100 . A G . . . GT 0/1 0/0 0/0")+rec("chrM 3244 . A G . . . GT 0/1 0/0 0/0")))
	for _, tt := range []struct{ text, want string }{
		{"chrM-3244-A-G", "NC_001807.4-3244-A-G"},
		{"MT-3243-A-G", "MT-3243-A-G"},
		{"NC_001807.4-3244-A-G", "NC_001807.4-3244-A-G"},
		{"1-100-AT-GT", "1-100-A-G"},
	} {
		k, err := hg19.ParseKey(tt.text)
		if err != nil || k.String() != tt.want || k.Assembly != genome.GRCh37 {
			t.Errorf("%s: %s %v, %v; want %s", tt.text, k.Assembly, k, err, tt.want)
		}
	}
	if _, err := hg19.ParseKey("rubbish"); err == nil {
		t.Error("rubbish was taken for a key")
	}
}

// A record that cannot be read keeps only its own place from being answered.
func TestRegionBesideABrokenRecord(t *testing.T) {
	f := opened(t, made(t, header38()+
		rec("chr1 100 . AC G . . . GT 0/1 0/0 0/0")+
		rec("chr1 200 . AC G . . . GT 0/9 0/0 0/0")+
		rec("chr1 300 . A G . . . GT 0/1 0/0 0/0")))
	for _, tt := range []struct {
		pos genome.Pos
		bad bool
	}{{100, false}, {199, false}, {200, true}, {201, true}, {202, false}, {300, false}} {
		err := f.Region(t.Context(), genome.Range{Contig: "1", First: tt.pos, Last: tt.pos}, func(*Record) error { return nil })
		if _, ok := errors.AsType[*review.InputError](err); ok != tt.bad || err == nil == tt.bad {
			t.Errorf("at %d: %v; want an error: %v", tt.pos, err, tt.bad)
		}
	}
}
