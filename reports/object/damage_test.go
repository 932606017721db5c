package object

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestParseRefuses(t *testing.T) {
	good := string(small())
	f := mustParse(t, []byte(good))
	xref := fmt.Sprintf("startxref\n%d\n", f.Revisions()[0].XRef)
	for _, tt := range []struct{ name, in, want string }{
		{"empty", "", "does not start with %PDF-1."},
		{"junk", "hello, world", "does not start with %PDF-1."},
		{"bytes before the header", "x" + good, "does not start with %PDF-1."},
		{"no startxref", "%PDF-1.7\nhello", "no startxref"},
		{"offset out of the file", strings.Replace(good, xref, "startxref\n9999999\n", 1), "outside the file"},
		{"offset elsewhere", strings.Replace(good, xref, "startxref\n20\n", 1), "classic cross-reference table"},
		{"loop in Prev", strings.Replace(good, "trailer\n<<", fmt.Sprintf("trailer\n<</Prev %d ", f.Revisions()[0].XRef), 1), "bad Prev"},
		{"encrypted", strings.Replace(good, "trailer\n<<", "trailer\n<</Encrypt 2 0 R ", 1), "encrypted"},
		{"hybrid", strings.Replace(good, "trailer\n<<", "trailer\n<</XRefStm 10 ", 1), "hybrid"},
		{"no Root", strings.Replace(good, "/Root", "/Toor", 1), "no Root"},
		{"duplicated key in the trailer", strings.Replace(good, "trailer\n<<", "trailer\n<</Size 6 ", 1), "duplicated key"},
		{"small Size", strings.Replace(good, "/Size 6", "/Size 5", 1), "beyond Size"},
		{"entry moved", strings.Replace(good, "0000000015 00000 n", "0000000016 00000 n", 1), "expected object 1"},
		{"two numbers, one place", strings.Replace(good, string(entryLine(good, 2)), string(entryLine(good, 1)), 1), "object 2"},
		{"bad entry", strings.Replace(good, "00000 n \n", "00000 x \n", 1), "bad cross-reference entry"},
		{"bad Length", strings.Replace(good, "/Length 17", "/Length 16", 1), "does not end where its length says"},
		{"wide Length", strings.Replace(good, "/Length 17", "/Length 99", 1), "bad stream length"},
		{"no end marker", strings.TrimSuffix(good, "%%EOF\n"), "end marker"},
		{"object stream", strings.Replace(good, "<</Length 17>>", "<</Type/ObjStm/Length 17>>", 1), ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Parse([]byte(tt.in))
			var syntax *SyntaxError
			if !errors.As(err, &syntax) || !strings.Contains(err.Error(), tt.want) {
				t.Fatalf("got %v, want %q", err, tt.want)
			}
		})
	}
}

// entryLine returns the 20 bytes of an object's cross-reference entry.
func entryLine(file string, num int) []byte {
	at := strings.Index(file, "0000000000 65535 f") + 20*num
	return []byte(file[at : at+20])
}

func TestTrailingBytesAreShown(t *testing.T) {
	f := mustParse(t, append(small(), "junk"...))
	if got := string(f.Trailing()); got != "junk" {
		t.Fatalf("trailing %q", got)
	}
	if _, err := NewUpdate(f).Bytes(nil); err == nil {
		t.Fatal("updated a file with trailing bytes")
	}
}

func TestTruncatedIsRefused(t *testing.T) {
	b := small()
	for n := range len(b) - len("\n") {
		if _, err := Parse(b[:n]); err == nil {
			t.Fatalf("accepted the first %d of %d bytes", n, len(b))
		}
	}
}

func TestResolveLoop(t *testing.T) {
	b := Write(7, []Object{Ref{Num: 2}, Ref{Num: 1}, Dict{}}, Dict{"Root": Ref{Num: 3}})
	f := mustParse(t, b)
	if got := f.Resolve(Ref{Num: 1}); got != (Null{}) {
		t.Fatalf("got %v", got)
	}
}

func TestIndirectLength(t *testing.T) {
	b := Write(4, []Object{Raw("<</Length 2 0 R>>\nstream\nendobj\nendstream"), Integer(6), Dict{}}, Dict{"Root": Ref{Num: 3}})
	f := mustParse(t, b)
	if s, ok := f.Object(Ref{Num: 1}).(Stream); !ok || string(s.Data) != "endobj" {
		t.Fatalf("got %v", f.Object(Ref{Num: 1}))
	}
}

func FuzzParse(f *testing.F) {
	b := small()
	f.Add(b)
	f.Add(append(bytes.Clone(b), "\n\n"...))
	if file, err := Parse(b); err == nil {
		u := NewUpdate(file)
		u.Add(Array{String("x"), Ref{Num: 3}})
		if up, err := u.Bytes([]byte("id")); err == nil {
			f.Add(up)
		}
	}
	f.Add([]byte("%PDF-1.4\nxref\n0 1\n0000000000 65535 f \ntrailer<</Size 1/Root 1 0 R>>\nstartxref\n9\n%%EOF"))
	f.Fuzz(func(t *testing.T, in []byte) {
		file, err := Parse(in)
		if err != nil {
			return
		}
		for _, r := range file.References() {
			out := Marshal(file.Object(r))
			if _, isStream := file.Object(r).(Stream); isStream {
				continue
			}
			v, err := (&scanner{b: out}).value(0)
			if err != nil || !Equal(v, file.Object(r)) {
				t.Fatalf("%q is not read as it was written: %v", out, err)
			}
		}
		for i := range file.Revisions() {
			file.At(i).Root()
		}
	})
}
