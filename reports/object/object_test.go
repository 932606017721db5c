package object

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// small returns a one-page file made by Write.
func small() []byte {
	page := Dict{
		"Type": Name("Page"), "Parent": Ref{Num: 1}, "Contents": Ref{Num: 4},
		"MediaBox": Array{Integer(0), Integer(0), Real(595.28), Real(841.89)}, "Resources": Dict{},
	}
	objects := []Object{
		Dict{"Type": Name("Pages"), "Kids": Array{Ref{Num: 2}}, "Count": Integer(1)},
		page,
		Dict{"Type": Name("Catalog"), "Pages": Ref{Num: 1}},
		Stream{Dict: Dict{}, Data: []byte("0 0 m 100 100 l S")},
		Dict{"Title": String("a (b) \\ \r\xff")},
	}
	id := HexString("0123456789abcdef")
	return Write(7, objects, Dict{"Root": Ref{Num: 3}, "Info": Ref{Num: 5}, "ID": Array{id, id}})
}

func mustParse(t *testing.T, b []byte) *File {
	t.Helper()
	f, err := Parse(b)
	if err != nil {
		t.Fatalf("parse: %v", err)
	}
	return f
}

func TestValuesRoundTrip(t *testing.T) {
	for _, tt := range []struct {
		in   string
		want Object
	}{
		{"null", Null{}},
		{"true", Bool(true)},
		{"-17", Integer(-17)},
		{"+3", Integer(3)},
		{".5", Real(0.5)},
		{"-.002", Real(-0.002)},
		{"4.", Real(4)},
		{"12 0 R", Ref{Num: 12}},
		{"/A#20B#2f", Name("A B/")},
		{"/", Name("")},
		{`(a\(b\)\\ (nested) \101\7x\
y\q)`, String("a(b)\\ (nested) A\ax" + "yq")},
		{"(a\r\nb\rc)", String("a\nb\nc")},
		{"<48 65 6C6c 6>", HexString("Hell`")},
		{"[1 2 R 1 0 R/N(x)<<>>]", Array{Ref{Num: 1, Gen: 2}, Ref{Num: 1}, Name("N"), String("x"), Dict{}}},
		{"[1 2 3 0 R 4]", Array{Integer(1), Integer(2), Ref{Num: 3}, Integer(4)}},
		{"<</A 1/B[null]/C<</D(x)>>>>", Dict{"A": Integer(1), "B": Array{Null{}}, "C": Dict{"D": String("x")}}},
		{"<</A %c\n 1>>", Dict{"A": Integer(1)}},
	} {
		t.Run(tt.in, func(t *testing.T) {
			s := &scanner{b: []byte(tt.in)}
			got, err := s.value(0)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Fatal(d)
			}
			s = &scanner{b: Marshal(got)}
			again, err := s.value(0)
			if err != nil || !cmp.Equal(got, again) {
				t.Fatalf("written as %s, read as %v, %v", Marshal(got), again, err)
			}
		})
	}
}

func TestValuesRefused(t *testing.T) {
	for name, in := range map[string]string{
		"duplicated key":   "<</A 1/A 2>>",
		"escaped twin key": "<</A 1/#41 2>>",
		"nested":           strings.Repeat("[", 200) + strings.Repeat("]", 200),
		"open string":      "(abc",
		"open array":       "[1 2",
		"open dict":        "<</A 1",
		"bad hex":          "<4x>",
		"bad name":         "/A#4",
		"word":             "hello",
		"big number":       "99999999999999999999999",
		"no key":           "<<1 2>>",
		"nothing":          " ",
	} {
		t.Run(name, func(t *testing.T) {
			s := &scanner{b: []byte(in)}
			if v, err := s.value(0); err == nil {
				t.Fatalf("accepted as %s", Marshal(v))
			}
		})
	}
}

func TestMarshalIsSortedAndStable(t *testing.T) {
	d := Dict{"Z": Integer(1), "Subtype": Name("Widget"), "A": Null{}, "Type": Name("Annot"), "N": nil}
	want := "<</Type /Annot /Subtype /Widget /A null /N null /Z 1>>"
	for range 20 {
		if got := string(Marshal(d)); got != want {
			t.Fatalf("got %s, want %s", got, want)
		}
	}
}

func TestWriteAndParse(t *testing.T) {
	b := small()
	if !bytes.Equal(b, small()) {
		t.Fatal("two runs differ")
	}
	f := mustParse(t, b)
	if f.Size() != 6 || len(f.Revisions()) != 1 || len(f.Trailing()) != 0 {
		t.Fatalf("size %d, revisions %d, trailing %d", f.Size(), len(f.Revisions()), len(f.Trailing()))
	}
	if s, _ := f.Text(f.Dict(f.Trailer()["Info"])["Title"]); s != "a (b) \\ \r\xff" {
		t.Fatalf("title %q", s)
	}
	start, end, ok := f.Span(Ref{Num: 4})
	if !ok || !bytes.HasPrefix(b[start:], []byte("4 0 obj")) || !bytes.HasSuffix(b[:end], []byte("endobj")) {
		t.Fatalf("span %d %d %v", start, end, ok)
	}
	objects, err := f.Objects()
	if err != nil {
		t.Fatal(err)
	}
	if again := Write(7, objects, f.Trailer()); !bytes.Equal(again, b) {
		t.Fatal("a rewrite differs")
	}
}

func TestUpdate(t *testing.T) {
	base := small()
	f := mustParse(t, base)
	u := NewUpdate(f)
	added := u.Add(Dict{"New": Bool(true)})
	if added.Num != 6 {
		t.Fatalf("new object is %d, want the old Size, 6", added.Num)
	}
	if err := u.Set(Ref{Num: 2}, f.Dict(Ref{Num: 2}).With("Extra", added)); err != nil {
		t.Fatal(err)
	}
	if err := u.Set(Ref{Num: 99}, Null{}); err == nil {
		t.Fatal("changed an object that is not there")
	}
	b, err := u.Bytes([]byte("fedcba9876543210"))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(b, base) {
		t.Fatal("the update does not start with the file")
	}
	checkUpdated(t, mustParse(t, b), f)
	checkQPDF(t, b)
}

func checkUpdated(t *testing.T, g, f *File) {
	t.Helper()
	revs := g.Revisions()
	if d := cmp.Diff([]int{2, 6}, revs[1].Written); d != "" {
		t.Fatal(d)
	}
	if _, has := g.At(0).Dict(Ref{Num: 2})["Extra"]; has {
		t.Fatal("the first revision shows the change")
	}
	if v := g.Resolve(g.Dict(Ref{Num: 2})["Extra"]); !Equal(v, Dict{"New": Bool(true)}) {
		t.Fatalf("got %s", Marshal(v))
	}
	was, is := f.Array(f.Trailer()["ID"]), g.Array(g.Trailer()["ID"])
	if !Equal(was[0], is[0]) || Equal(was[1], is[1]) {
		t.Fatal("only the second half of ID may change")
	}
}

func checkQPDF(t *testing.T, b []byte) {
	t.Helper()
	if _, err := exec.LookPath("qpdf"); err != nil {
		t.Skip("qpdf is not installed")
	}
	name := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(name, b, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("qpdf", "--check", name).CombinedOutput(); err != nil {
		t.Fatalf("qpdf: %v\n%s", err, out)
	}
}

func TestStreamDecode(t *testing.T) {
	if _, err := (Stream{Data: make([]byte, 11)}).Decode(10); err == nil {
		t.Fatal("limit ignored")
	}
	if _, err := (Stream{Dict: Dict{"Filter": Name("LZWDecode")}}).Decode(10); err == nil {
		t.Fatal("unknown filter accepted")
	}
	// zlib of 1,000 zero bytes
	z := []byte("\x78\x9c\x63\x60\x18\x05\xa3\x60\x14\x0c\x1d\x00\x00\x03\xe8\x00\x01")
	if _, err := (Stream{Dict: Dict{"Filter": Array{Name("FlateDecode")}}, Data: z}).Decode(999); err == nil {
		t.Fatal("a stream that unfolds too far was accepted")
	}
}
