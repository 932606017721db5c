package vcf

import (
	"path/filepath"
	"strings"
	"testing"

	"garrod/review"
	"garrod/review/genome"
)

func TestTwoSamplesOfOneName(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.vcf")
	write(t, path, strings.Replace(header38(), "dad", "kid", 1)+rec("chr1 1 . A G . . . GT 0/1 0/0 0/0"))
	_, err := Check(t.Context(), path, nil)
	wantCode(t, err, CodeHeader, "same name", "sample 2")
	_, err = Normalise(t.Context(), Normalisation{In: path, Out: path + ".gz"}, nil)
	wantCode(t, err, CodeHeader, "same name")
}

// A REF of 100,000 bases is read, found, split and written like any other.
func TestLongREF(t *testing.T) {
	long := strings.Repeat("ACGTTGCA", 12_500)
	path := made(t, header38()+rec("chr1 1000 . "+long+" A,"+long+"G . . . GT:AD 0/1:5,4,0 1/2:0,3,4 0/0:9,0,0"))
	f := opened(t, path)
	for _, asked := range []genome.Key{
		{Assembly: genome.GRCh38, Contig: "1", Pos: 1000, Ref: long, Alt: "A"},
		{Assembly: genome.GRCh38, Contig: "1", Pos: 100_999, Ref: "A", Alt: "AG"},
	} {
		vs, p, err := f.Find(t.Context(), asked)
		if err != nil || p != Present || len(vs) != 1 || vs[0].Key != asked || vs[0].Record.Ref != long {
			t.Fatalf("Find: %d variants, %s, %v", len(vs), p, err)
		}
	}
	lines, _, rep := normalised(t, path, nil)
	if len(lines) != 2 || rep.Changed != 1 || !strings.HasPrefix(lines[1], "chr1\t100999\t.\tA\tAG\t") {
		t.Errorf("%d lines, %+v: want the insertion trimmed to chr1:100999", len(lines), rep)
	}
	rep2, err := Check(t.Context(), path, nil)
	if err != nil || rep2.Records != 1 || rep2.Bad != 0 {
		t.Errorf("Check: %+v, %v", rep2, err)
	}
}

// A line of 50 MB is a record like any other.
func TestLineOf50MB(t *testing.T) {
	long := strings.Repeat("x", 50<<20)
	path := made(t, header38(`##INFO=<ID=NOTE,Number=1,Type=String,Description="x">`)+
		rec("chr1 1000 . A G . . NOTE="+long+" GT 0/1 0/0 0/0")+rec("chr1 2000 . A G . . . GT 0/1 0/0 0/0"))
	rep, err := Check(t.Context(), path, nil)
	if err != nil || rep.Records != 2 || rep.Bad != 0 {
		t.Errorf("Check: %d records, %d bad, %v; want 2 good", rep.Records, rep.Bad, err)
	}
	n := 0
	if err := opened(t, path).Region(t.Context(), genome.Range{Contig: "1", First: 1000, Last: 2000}, func(r *Record) error {
		n++
		return nil
	}); err != nil || n != 2 {
		t.Errorf("Region: %d records, %v; want 2", n, err)
	}
	if lines, _, _ := normalised(t, path, nil); len(lines) != 2 || len(lines[0]) < 50<<20 {
		t.Errorf("%d lines written, want both whole", len(lines))
	}
}

func TestUnsortedRecords(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.vcf")
	write(t, path, header38()+rec("chr1 2000 . A G . . . GT 0/1 0/0 0/0")+rec("chr1 1000 . A G . . . GT 0/1 0/0 0/0"))
	rep, err := Check(t.Context(), path, nil)
	if err != nil || !warnsOf(rep, 12, "POS", "not sorted") {
		t.Errorf("%+v, %v: want a warning on line 12", rep, err)
	}
	_, err = Normalise(t.Context(), Normalisation{In: path, Out: path + ".gz"}, nil)
	wantCode(t, err, CodeUnsorted, "line 12", "bcftools sort")
}

func warnsOf(r Report, line int, field, part string) bool {
	for _, w := range r.Warnings {
		if w.Line == line && w.Field == field && strings.Contains(w.Message, part) {
			return true
		}
	}
	return false
}

// A header that promises an annotation that no record has is told of, where it
// says so and in what the file can support.
func TestPromisedAnnotationIsMissed(t *testing.T) {
	for _, tt := range []struct {
		name, info string
		missing    bool
	}{
		{"no record has it", ".", true},
		{"one has it", "CSQ=G|missense_variant", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			path := made(t, header38(csqLine("Allele|Consequence"))+rec("chr1 5 . A G . . "+tt.info+" GT 0/1 0/0 0/0")+rec("chr2 5 . A G . . . GT 0/1 0/0 0/0"))
			rep, err := Check(t.Context(), path, nil)
			if err != nil || warnsOf(rep, 10, "CSQ", "no record has it") != tt.missing {
				t.Errorf("Check: %+v, %v; want it told: %t", rep.Warnings, err, tt.missing)
			}
			res, err := Intake(t.Context(), path, Request{Proband: "kid", Assembly: genome.GRCh38}, nil)
			if err != nil {
				t.Fatal(err)
			}
			if c := capabilityOf(t, res, "consequence"); c.Present == tt.missing || tt.missing && !strings.Contains(c.Detail, "declares CSQ, but no record") {
				t.Errorf("capability %+v", c)
			}
		})
	}
}

func capabilityOf(t *testing.T, r Result, name string) review.Capability {
	t.Helper()
	for _, c := range r.Capabilities {
		if c.Name == name {
			return c
		}
	}
	t.Fatalf("no capability %s", name)
	return review.Capability{}
}
