package object

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
)

// Write returns a whole new file of one revision with a classic
// cross-reference table: objects[i] becomes object i+1 of generation 0. The
// trailer needs Root, and should have Info and ID; Size is set here and Prev
// dropped. version is the digit after "1.", 7 for PDF 1.7. The same input gives
// the same bytes.
func Write(version int, objects []Object, trailer Dict) []byte {
	// Four bytes above 127 tell transport programs that the file is binary.
	b := fmt.Appendf(nil, "%%PDF-1.%d\n%%\xe2\xe3\xcf\xd3\n", version)
	offsets := map[int]int{}
	for i, o := range objects {
		offsets[i+1] = len(b)
		b = appendIndirect(b, Ref{Num: i + 1}, o)
	}
	t := trailer.Without("Prev").With("Size", Integer(len(objects)+1))
	return appendTable(b, offsets, nil, t, true)
}

func appendIndirect(b []byte, r Ref, o Object) []byte {
	b = fmt.Appendf(b, "%d %d obj\n", r.Num, r.Gen)
	b = appendObject(b, o)
	return append(b, "\nendobj\n"...)
}

// appendTable writes the cross-reference table of 20-byte entries, the trailer
// and the end marker. gens holds generations other than 0. head adds the entry
// of object 0, which a first revision must have.
func appendTable(b []byte, offsets, gens map[int]int, trailer Dict, head bool) []byte {
	xref := len(b)
	b = append(b, "xref\n"...)
	nums := slices.Sorted(maps.Keys(offsets))
	if head {
		nums = append([]int{0}, nums...)
	}
	for i := 0; i < len(nums); {
		n := i + 1
		for n < len(nums) && nums[n] == nums[n-1]+1 {
			n++
		}
		b = fmt.Appendf(b, "%d %d\n", nums[i], n-i)
		for ; i < n; i++ {
			if nums[i] == 0 {
				b = append(b, "0000000000 65535 f \n"...)
				continue
			}
			b = fmt.Appendf(b, "%010d %05d n \n", offsets[nums[i]], gens[nums[i]])
		}
	}
	b = append(b, "trailer\n"...)
	b = trailer.appendTo(b)
	return fmt.Appendf(b, "\nstartxref\n%d\n%%%%EOF\n", xref)
}

// Update is an incremental update: the file as it is, byte for byte, and after
// it the objects that are new or changed.
type Update struct {
	file    *File
	next    int
	objects map[int]Object
	gens    map[int]int
}

// NewUpdate begins an update of f. New objects are numbered from f's Size on,
// without gaps: some viewers call earlier signatures broken otherwise.
func NewUpdate(f *File) *Update {
	return &Update{file: f, next: f.Size(), objects: map[int]Object{}, gens: map[int]int{}}
}

// Add takes in a new object and returns its reference. o may be nil and be set
// later, where objects point at each other.
func (u *Update) Add(o Object) Ref {
	r := Ref{Num: u.next}
	u.next++
	u.objects[r.Num] = o
	return r
}

// Set changes the object r, which must be in use in the file or come from Add.
func (u *Update) Set(r Ref, o Object) error {
	if _, added := u.objects[r.Num]; !added && !u.file.Has(r) {
		return fmt.Errorf("object %d is not in use", r.Num)
	}
	u.objects[r.Num] = o
	u.gens[r.Num] = r.Gen
	return nil
}

// Bytes returns the updated file. It keeps the trailer but for Size, Prev and
// the second half of ID, which becomes id, usually 16 bytes; a file without ID
// stays without. The file must not have trailing bytes.
func (u *Update) Bytes(id []byte) ([]byte, error) {
	if n := len(u.file.Trailing()); n > 0 {
		return nil, fmt.Errorf("%d bytes follow the end of the file", n)
	}
	if len(u.objects) == 0 {
		return nil, fmt.Errorf("the update is empty")
	}
	b := bytes.Clone(u.file.data)
	if c := b[len(b)-1]; c != '\n' && c != '\r' {
		b = append(b, '\n')
	}
	offsets := map[int]int{}
	for _, num := range slices.Sorted(maps.Keys(u.objects)) {
		offsets[num] = len(b)
		b = appendIndirect(b, Ref{Num: num, Gen: u.gens[num]}, u.objects[num])
	}
	return appendTable(b, offsets, u.gens, u.trailer(id), false), nil
}

func (u *Update) trailer(id []byte) Dict {
	secs := u.file.secs
	t := u.file.Trailer().With("Size", Integer(u.next))
	t["Prev"] = Integer(secs[len(secs)-1].xref)
	if old := u.file.Array(t["ID"]); len(old) == 2 {
		t["ID"] = Array{old[0], HexString(id)}
	}
	return t
}
