package sign

import (
	"fmt"
	"slices"

	"garrod/reports/object"
)

// What was changed after the first signature.
const (
	ChangesNone      = "none"
	ChangesPermitted = "permitted" // further signatures or validation data only
	ChangesForbidden = "forbidden"
)

// checkChanges judges every revision after the first signed one.
func (x *examined) checkChanges() {
	first := -1
	for _, s := range x.signed {
		if s.rev >= 0 && (first < 0 || s.rev < first) {
			first = s.rev
		}
	}
	if first < 0 {
		return
	}
	for r := first + 1; r < len(x.revs); r++ {
		if x.later == ChangesNone {
			x.later = ChangesPermitted
		}
		if why := x.forbidden(r); why != "" {
			x.later = ChangesForbidden
			x.problems = append(x.problems, fmt.Sprintf("revision %d, appended after a signature, %s", r+1, why))
		}
	}
}

// forbidden says why revision r may not follow a signature, empty if it may.
func (x *examined) forbidden(r int) string {
	before, after := x.file.At(r-1), x.file.At(r)
	if why := x.reachesBack(r, before); why != "" {
		return why
	}
	for _, s := range x.signed {
		if s.rev != r {
			continue
		}
		if !s.intact {
			return "is not vouched for by its signature"
		}
		return x.onlySigns(r, s, before, after)
	}
	return x.onlyValidationData(r, before, after)
}

// reachesBack tests what no permitted revision does: free objects, change the
// trailer, or define an object that older ones already point at.
func (x *examined) reachesBack(r int, before *object.File) string {
	rev := x.revs[r]
	if len(rev.Freed) > 0 {
		return fmt.Sprintf("removes object %d", rev.Freed[0])
	}
	if !sameTrailer(before, before.Trailer(), rev.Trailer) {
		return "changes the trailer"
	}
	missing := map[int]bool{}
	note := func(o object.Object) {
		for _, ref := range object.Refs(o) {
			missing[ref.Num] = missing[ref.Num] || !before.Has(ref)
		}
	}
	note(before.Trailer())
	for _, ref := range before.References() {
		note(before.Object(ref))
	}
	for _, num := range rev.Written {
		if missing[num] {
			return fmt.Sprintf("supplies object %d, which the signed document points at", num)
		}
	}
	return ""
}

// sameTrailer compares trailers but for Size, Prev and the second half of ID.
func sameTrailer(f *object.File, a, b object.Dict) bool {
	strip := func(t object.Dict) object.Dict {
		c := t.Without("Size", "Prev")
		if id := f.Array(t["ID"]); len(id) == 2 {
			c["ID"] = id[0]
		}
		return c
	}
	return object.Equal(strip(a), strip(b))
}

// changed lists the objects of revision r that existed before it.
func (x *examined) changed(r int, before *object.File) []int {
	return slices.DeleteFunc(slices.Clone(x.revs[r].Written), func(num int) bool { return num >= before.Size() })
}

// onlySigns tests that revision r changes nothing but the field of s, and that
// only by its value and its look.
func (x *examined) onlySigns(r int, s *signedField, before, after *object.File) string {
	for _, num := range x.changed(r, before) {
		if num != s.field.ref.Num {
			return fmt.Sprintf("changes object %d", num)
		}
	}
	old, ok := before.Object(s.field.ref).(object.Dict)
	now := after.Dict(s.field.ref)
	switch {
	case !ok || now == nil:
		return "signs a field that the document did not have"
	case field{dict: old}.value() != nil:
		return "replaces the signature in " + s.field.name
	case !object.Equal(old.Without("V", "AP"), now.Without("V", "AP")):
		return "changes the field " + s.field.name
	case s.ref.Num < before.Size():
		return "signs with an older object"
	case !object.Equal(old["AP"], now["AP"]) && !newAppearance(before, after, now["AP"]):
		return "gives the field " + s.field.name + " a look from elsewhere"
	}
	return ""
}

// newAppearance tests that an appearance is one form of the same revision. A
// form is clipped to the field's rectangle, so it cannot paint over the page.
func newAppearance(before, after *object.File, ap object.Object) bool {
	d, ok := ap.(object.Dict)
	if !ok || len(d) != 1 {
		return false
	}
	ref, ok := d["N"].(object.Ref)
	if !ok || ref.Num < before.Size() {
		return false
	}
	form, ok := after.Object(ref).(object.Stream)
	return ok && form.Dict["Subtype"] == object.Name("Form")
}

// onlyValidationData tests that revision r changes nothing but the catalog's
// DSS, and the Extensions that announce it.
func (x *examined) onlyValidationData(r int, before, after *object.File) string {
	root, _ := before.Trailer()["Root"].(object.Ref)
	for _, num := range x.changed(r, before) {
		if num != root.Num {
			return fmt.Sprintf("changes object %d without a signature of its own", num)
		}
	}
	old, now := before.Root(), after.Root()
	if object.Equal(old, now) || !object.Equal(old.Without("DSS", "Extensions"), now.Without("DSS", "Extensions")) {
		return "changes the document without a signature of its own"
	}
	return ""
}
