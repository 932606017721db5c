package sign

import (
	"fmt"

	"garrod/reports/object"
)

const (
	maxFields     = 1000
	maxFieldDepth = 8
)

// field is a signature field merged with its widget.
type field struct {
	name string
	ref  object.Ref
	dict object.Dict
}

// value is what the field's V holds, nil when it is not signed.
func (fd field) value() object.Object {
	v, ok := fd.dict["V"]
	if !ok || v == (object.Null{}) {
		return nil
	}
	return v
}

// fieldWalk collects signature fields.
type fieldWalk struct {
	file     *object.File
	fields   []field
	problems []string
	seen     map[object.Ref]bool
}

// signatureFields returns the signature fields of the form, in its order, and
// what is wrong with them.
func signatureFields(f *object.File) ([]field, []string) {
	w := &fieldWalk{file: f, seen: map[object.Ref]bool{}}
	for _, o := range f.Array(f.Dict(f.Root()["AcroForm"])["Fields"]) {
		w.visit(o, false, 0)
	}
	names := map[string]bool{}
	for _, fd := range w.fields {
		if names[fd.name] {
			w.problems = append(w.problems, fmt.Sprintf("there are two signature fields named %q", fd.name))
		}
		names[fd.name] = true
	}
	return w.fields, w.problems
}

// visit takes one element of Fields or Kids. inherited is whether a parent says
// it is a signature field.
func (w *fieldWalk) visit(o object.Object, inherited bool, depth int) {
	r, isRef := o.(object.Ref)
	d := w.file.Dict(o)
	if d == nil || depth > maxFieldDepth || len(w.seen) > maxFields || isRef && w.seen[r] {
		w.problems = append(w.problems, "the form's list of fields is damaged")
		return
	}
	if isRef {
		w.seen[r] = true
	}
	ft := w.file.Resolve(d["FT"])
	isSig := ft == object.Name("Sig") || inherited && ft == (object.Null{})
	kids, hasKids := d["Kids"]
	switch {
	case hasKids && isSig:
		w.problems = append(w.problems, "a signature field is split from its widget")
	case isSig && !isRef:
		w.problems = append(w.problems, "a signature field is not an object of its own")
	case isSig:
		w.fields = append(w.fields, field{name: textOf(w.file, d["T"]), ref: r, dict: d})
	}
	for _, k := range w.file.Array(kids) {
		w.visit(k, isSig, depth+1)
	}
}

// fieldNamed finds a field by its name.
func fieldNamed(fields []field, name string) (field, bool) {
	for _, fd := range fields {
		if fd.name == name {
			return fd, true
		}
	}
	return field{}, false
}
