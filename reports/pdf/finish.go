package pdf

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"fmt"
	"strconv"
	"time"
	"unicode/utf16"

	"garrod/reports/object"
)

// ProofName is the name of the attached proof.
const ProofName = "garrod-proof.json"

// Meta is what the finishing pass adds to a drawn file.
type Meta struct {
	Title      string
	ReportID   string
	Version    int
	Supersedes string // report ID; empty for none
	Program    string
	Created    time.Time
	Fields     []FieldBox
	Proof      []byte // nil attaches nothing
}

// FieldBox is the place of an empty signature field: page from 1, lengths in
// points from the lower left corner of the page.
type FieldBox struct {
	Name                string
	Page                int
	X, Y, Width, Height float64
}

// Finish writes the objects of a file that gofpdf drew anew, with what gofpdf
// leaves out or gets wrong: metadata, identifier, language, output intent,
// correct text maps of the fonts, signature fields and the attached proof. The
// same input gives the same bytes.
func Finish(raw []byte, m Meta) ([]byte, error) {
	f, err := object.Parse(raw)
	if err != nil {
		return nil, fmt.Errorf("finish report %s: %w", m.ReportID, err)
	}
	objects, err := f.Objects()
	if err != nil {
		return nil, fmt.Errorf("finish report %s: %w", m.ReportID, err)
	}
	b := &builder{objects: objects}
	if err := b.mendFonts(); err != nil {
		return nil, fmt.Errorf("finish report %s: %w", m.ReportID, err)
	}
	root, ok := f.Trailer()["Root"].(object.Ref)
	if !ok || f.Root() == nil {
		return nil, fmt.Errorf("finish report %s: no catalog", m.ReportID)
	}
	catalog := f.Root().Without("Names").With("Lang", object.String("en-GB"))
	catalog["ViewerPreferences"] = object.Dict{"DisplayDocTitle": object.Bool(true)}
	catalog["Metadata"] = b.add(metadata(m))
	catalog["OutputIntents"] = object.Array{b.outputIntent()}
	if m.Proof != nil {
		b.attach(catalog, m)
	}
	if len(m.Fields) > 0 {
		if err := b.fields(f, catalog, m); err != nil {
			return nil, fmt.Errorf("finish report %s: %w", m.ReportID, err)
		}
	}
	b.objects[root.Num-1] = catalog
	return b.write(object.Dict{"Root": root, "Info": b.add(information(m))}), nil
}

// builder holds the objects of the file being made; object n is at n-1.
type builder struct{ objects []object.Object }

func (b *builder) add(o object.Object) object.Ref {
	b.objects = append(b.objects, o)
	return object.Ref{Num: len(b.objects)}
}

// write serialises the objects that the trailer leads to, numbered without
// gaps, under an ID that is the hash of them all.
func (b *builder) write(trailer object.Dict) []byte {
	objects, trailer := b.reachable(trailer)
	h := sha256.New()
	for _, o := range objects {
		h.Write(object.Marshal(o))
		h.Write([]byte{'\n'})
	}
	id := object.HexString(h.Sum(nil)[:16])
	return object.Write(7, objects, trailer.With("ID", object.Array{id, id}))
}

// reachable drops objects that nothing points at any more and closes the gaps;
// the order stays, so that the same input gives the same numbers.
func (b *builder) reachable(trailer object.Dict) ([]object.Object, object.Dict) {
	used := map[int]bool{}
	todo := object.Refs(trailer)
	for len(todo) > 0 {
		r := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if r.Num < 1 || r.Num > len(b.objects) || used[r.Num] {
			continue
		}
		used[r.Num] = true
		todo = append(todo, object.Refs(b.objects[r.Num-1])...)
	}
	number := map[int]int{}
	for n := range b.objects {
		if used[n+1] {
			number[n+1] = len(number) + 1
		}
	}
	rename := func(r object.Ref) object.Object {
		if n := number[r.Num]; n > 0 {
			return object.Ref{Num: n}
		}
		return object.Null{}
	}
	out := make([]object.Object, 0, len(number))
	for n, o := range b.objects {
		if used[n+1] {
			out = append(out, object.Map(o, rename))
		}
	}
	renamed, _ := object.Map(trailer, rename).(object.Dict)
	return out, renamed
}

// attach adds the proof as an associated file (ISO 32000-2, 7.11.4 and 14.13).
func (b *builder) attach(catalog object.Dict, m Meta) {
	file := b.add(object.Stream{
		Dict: object.Dict{
			"Type": object.Name("EmbeddedFile"), "Subtype": object.Name("application/json"),
			"Filter": object.Name("FlateDecode"),
			"Params": object.Dict{"ModDate": date(m.Created), "CreationDate": date(m.Created), "Size": object.Integer(len(m.Proof))},
		},
		Data: deflate(m.Proof),
	})
	spec := b.add(object.Dict{
		"Type": object.Name("Filespec"), "F": text(ProofName), "UF": text(ProofName),
		"AFRelationship": object.Name("Data"), "EF": object.Dict{"F": file, "UF": file},
		"Desc": text("The frozen case this report was made from, with evidence and rule set"),
	})
	catalog["AF"] = object.Array{spec}
	catalog["Names"] = object.Dict{"EmbeddedFiles": object.Dict{"Names": object.Array{text(ProofName), spec}}}
}

// fields adds the empty signature fields, each merged with its widget: a field
// apart from its widget makes some viewers reject the signature.
func (b *builder) fields(f *object.File, catalog object.Dict, m Meta) error {
	kids := f.Array(f.Dict(f.Root()["Pages"])["Kids"])
	list := object.Array{}
	blank := b.add(object.Stream{Dict: object.Dict{
		"Type": object.Name("XObject"), "Subtype": object.Name("Form"),
		"BBox": object.Array{object.Integer(0), object.Integer(0), object.Integer(1), object.Integer(1)},
	}, Data: []byte{}})
	for _, box := range m.Fields {
		if box.Page < 1 || box.Page > len(kids) {
			return fmt.Errorf("signature field %s is on page %d of %d", box.Name, box.Page, len(kids))
		}
		page, ok := kids[box.Page-1].(object.Ref)
		if !ok {
			return fmt.Errorf("page %d is no object of its own", box.Page)
		}
		field := b.add(object.Dict{
			"Type": object.Name("Annot"), "Subtype": object.Name("Widget"), "FT": object.Name("Sig"),
			"T": text(box.Name), "TU": text("Signature of the " + box.Name), "F": object.Integer(4 | 128), // print, locked
			"P": page, "AP": object.Dict{"N": blank},
			"Rect": object.Array{points(box.X), points(box.Y), points(box.X + box.Width), points(box.Y + box.Height)},
		})
		list = append(list, field)
		dict, _ := b.objects[page.Num-1].(object.Dict)
		annots, _ := dict["Annots"].(object.Array)
		b.objects[page.Num-1] = dict.With("Annots", append(append(object.Array{}, annots...), field))
	}
	catalog["AcroForm"] = object.Dict{"Fields": list, "SigFlags": object.Integer(3)}
	return nil
}

// points rounds to a hundredth, so that no digit depends on the processor.
func points(v float64) object.Object {
	return object.Raw(strconv.FormatFloat(v, 'f', 2, 64))
}

func deflate(b []byte) []byte {
	var buf bytes.Buffer
	w, err := zlib.NewWriterLevel(&buf, zlib.BestCompression)
	if err == nil {
		_, err = w.Write(b)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		panic("pdf: compressing into memory cannot fail: " + err.Error())
	}
	return buf.Bytes()
}

// date writes a time in UTC as PDF has it.
func date(t time.Time) object.Object {
	return object.String(t.UTC().Format("D:20060102150405") + "+00'00'")
}

// text writes s as a text string: ASCII as it is, the rest as UTF-16.
func text(s string) object.Object {
	ascii := true
	for i := range len(s) {
		ascii = ascii && s[i] >= ' ' && s[i] <= '~'
	}
	if ascii {
		return object.String(s)
	}
	out := []byte{0xFE, 0xFF}
	for _, u := range utf16.Encode([]rune(s)) {
		out = append(out, byte(u>>8), byte(u))
	}
	return object.HexString(out)
}
