package made

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
)

// unzip reads a file as gzip does, block checksums included.
func unzip(t *testing.T, path string) (text []byte, err error) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(z)
}

func TestBadInputsAreBadInOneWay(t *testing.T) {
	good := demoText(t)
	for _, b := range BadInputs(assets + "demo.vcf.gz") {
		t.Run(b.Name, func(t *testing.T) {
			in, err := b.Build(t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			if in.PED != "" {
				if ped, err := os.ReadFile(in.PED); err != nil || len(ped) == 0 {
					t.Fatalf("%q, %v", ped, err)
				}
				return
			}
			text, err := unzip(t, in.VCF)
			readable := err == nil
			wantReadable := map[string]bool{
				"plain_text": false, "truncated_in_block": false, "flipped_byte": false,
			}
			if want, listed := wantReadable[b.Name]; readable != (want || !listed) {
				t.Errorf("decompresses: %v, %v", readable, err)
			}
			same := bytes.Equal(text, good)
			switch b.Name {
			case "plain_gzip", "end_block_missing", "index_missing", "index_of_another_file":
				if !same {
					t.Error("the text must be that of the good file")
				}
			default:
				if same {
					t.Error("the text is that of the good file: nothing is broken")
				}
			}
			if _, err := os.Stat(in.VCF + ".tbi"); (err == nil) == (b.Name == "index_missing") {
				t.Errorf("index: %v", err)
			}
		})
	}
}

func TestBadRecordIsTheOnlyDifference(t *testing.T) {
	good := bytes.Split(demoText(t), []byte("\n"))
	for name, change := range map[string]func([]byte) []byte{"POS": textInPos, "columns": missingColumn} {
		differ := 0
		for i, l := range bytes.Split(change(bytes.Join(good, []byte("\n"))), []byte("\n")) {
			if !bytes.Equal(l, good[i]) {
				differ++
			}
		}
		if differ != 1 {
			t.Errorf("%s: %d lines differ, want 1", name, differ)
		}
	}
	if got := bytes.Count(headerOnly(bytes.Join(good, []byte("\n"))), []byte("\nchr")); got != 0 {
		t.Errorf("%d records in the empty file", got)
	}
}

// TestOwnIndexAnswersLikeTabix reads a file and index of our own with tabix.
func TestOwnIndexAnswersLikeTabix(t *testing.T) {
	program, err := exec.LookPath("tabix")
	if err != nil {
		t.Skip("tabix is not installed")
	}
	in, err := Write(t.TempDir(), "own", demoText(t))
	if err != nil {
		t.Fatal(err)
	}
	regions := []string{"chr18:55257375-55257375", "chr7:147421500-147421500", "chrM", "chr1:1-50000000", "chr22"}
	for _, c := range contigs {
		regions = append(regions, "chr"+c.name+":"+strconv.Itoa(c.length/3)+"-"+strconv.Itoa(c.length))
	}
	for _, region := range regions {
		own, err := exec.Command(program, in.VCF, region).Output()
		if err != nil {
			t.Fatal(err)
		}
		theirs, err := exec.Command(program, assets+"demo.vcf.gz", region).Output()
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(own, theirs) {
			t.Errorf("%s: %d lines by our index, %d by tabix's", region, bytes.Count(own, []byte("\n")), bytes.Count(theirs, []byte("\n")))
		}
	}
	if out, err := exec.Command(program, "-l", in.VCF).Output(); err != nil || strings.Count(string(out), "\n") != len(contigs) {
		t.Errorf("tabix -l: %s %v", out, err)
	}
}

func TestGRCh37ContigsHoldTheirRecords(t *testing.T) {
	text := grch37(demoText(t))
	if !bytes.Contains(text, []byte("##contig=<ID=chr1,length=249250621>")) {
		t.Error("chr1 does not have its length on GRCh37")
	}
	records := 0
	for l := range bytes.Lines(text) {
		if contig, _, last, ok := span(string(l)); ok {
			records++
			if last > lengths37[contigIndex(contig[3:])] {
				t.Errorf("%s:%d lies beyond the contig", contig, last)
			}
		}
	}
	if records < 2500 {
		t.Errorf("%d records are left", records)
	}
}
