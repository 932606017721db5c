package object

import (
	"fmt"
	"slices"
)

// File is a parsed file, or an older state of one. It is not changed after
// [Parse]; values it returns are shared and must not be changed.
type File struct {
	data []byte
	secs []*section // oldest first
}

// Revision is one part of the file: the original, or an update appended to it.
type Revision struct {
	XRef int // offset of its cross-reference table
	// Marker is the offset past its "%%EOF" and End the offset past the line end
	// after it, if there is one; a signature may end at either.
	Marker, End int
	Trailer     Dict
	Written     []int // numbers of the objects it adds or changes, ascending
	Freed       []int // numbers it frees, without 0, ascending
}

// Bytes returns the file, all revisions and trailing bytes.
func (f *File) Bytes() []byte { return f.data }

// Trailing returns what follows the newest revision's end marker and its line
// end. It is empty in a sound file.
func (f *File) Trailing() []byte { return f.data[f.secs[len(f.secs)-1].end:] }

// Trailer returns the newest revision's trailer.
func (f *File) Trailer() Dict { return f.secs[len(f.secs)-1].trailer }

// Size is one more than the highest object number, as the newest trailer says.
func (f *File) Size() int { return f.secs[len(f.secs)-1].size() }

// Revisions describes the revisions, oldest first; there is at least one.
func (f *File) Revisions() []Revision {
	out := make([]Revision, len(f.secs))
	for i, sec := range f.secs {
		r := Revision{XRef: sec.xref, Marker: sec.eof, End: sec.end, Trailer: sec.trailer}
		for num, e := range sec.entries {
			switch {
			case !e.free:
				r.Written = append(r.Written, num)
			case num != 0:
				r.Freed = append(r.Freed, num)
			}
		}
		slices.Sort(r.Written)
		slices.Sort(r.Freed)
		out[i] = r
	}
	return out
}

// At returns the file as it was after revision rev, 0 being the oldest.
func (f *File) At(rev int) *File {
	sec := f.secs[rev]
	return &File{data: f.data[:sec.end], secs: f.secs[:rev+1]}
}

func (f *File) entry(num int) *entry {
	for i := len(f.secs) - 1; i >= 0; i-- {
		if e := f.secs[i].entries[num]; e != nil {
			return e
		}
	}
	return nil
}

// Has reports whether r is an object in use.
func (f *File) Has(r Ref) bool {
	e := f.entry(r.Num)
	return e != nil && !e.free && e.gen == r.Gen
}

// Object returns the object r points at, Null if there is none. It may be a
// reference itself; see [File.Resolve].
func (f *File) Object(r Ref) Object {
	if !f.Has(r) {
		return Null{}
	}
	return f.entry(r.Num).value
}

// Span returns where the newest state of object r stands: from its number to
// past its endobj. ok is false if r is not in use.
func (f *File) Span(r Ref) (start, end int, ok bool) {
	if !f.Has(r) {
		return 0, 0, false
	}
	e := f.entry(r.Num)
	return e.start, e.end, true
}

// Resolve follows references until there is a value. A chain of more than 32,
// which can only be a loop, gives Null, as does nil.
func (f *File) Resolve(o Object) Object {
	for range 32 {
		r, ok := o.(Ref)
		if !ok {
			if o == nil {
				return Null{}
			}
			return o
		}
		o = f.Object(r)
	}
	return Null{}
}

// Dict resolves o to a dictionary, that of a stream included; nil otherwise.
func (f *File) Dict(o Object) Dict {
	switch v := f.Resolve(o).(type) {
	case Dict:
		return v
	case Stream:
		return v.Dict
	}
	return nil
}

// Array resolves o to an array; nil otherwise.
func (f *File) Array(o Object) Array {
	a, _ := f.Resolve(o).(Array)
	return a
}

// Text resolves o to the bytes of a string; ok is false for anything else.
func (f *File) Text(o Object) (s string, ok bool) {
	switch v := f.Resolve(o).(type) {
	case String:
		return string(v), true
	case HexString:
		return string(v), true
	}
	return "", false
}

// Root returns the catalog.
func (f *File) Root() Dict { return f.Dict(f.Trailer()["Root"]) }

// References returns the objects in use, ascending by number.
func (f *File) References() []Ref {
	seen := map[int]bool{}
	var refs []Ref
	for i := len(f.secs) - 1; i >= 0; i-- {
		for num, e := range f.secs[i].entries {
			if seen[num] {
				continue
			}
			seen[num] = true
			if !e.free {
				refs = append(refs, Ref{Num: num, Gen: e.gen})
			}
		}
	}
	slices.SortFunc(refs, func(a, b Ref) int { return a.Num - b.Num })
	return refs
}

// Objects returns the objects in use as a list for [Write]: object n stands at
// index n-1, numbers that are not in use are Null. It is an error if one has a
// generation other than 0, because Write would change it.
func (f *File) Objects() ([]Object, error) {
	refs := f.References()
	last := 0
	if len(refs) > 0 {
		last = refs[len(refs)-1].Num
	}
	out := make([]Object, last)
	for i := range out {
		out[i] = Null{}
	}
	for _, r := range refs {
		if r.Gen != 0 {
			return nil, fmt.Errorf("object %d has generation %d", r.Num, r.Gen)
		}
		out[r.Num-1] = f.Object(r)
	}
	return out, nil
}
