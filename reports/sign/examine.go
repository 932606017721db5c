package sign

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"garrod/reports/object"
)

const padesSubFilter = object.Name("ETSI.CAdES.detached")

// levelBB is PAdES baseline B: signed attributes, no trusted time.
const levelBB = "B-B"

// signedField is a field with a signature, as far as it can be read.
type signedField struct {
	field    field
	ref      object.Ref // of the signature dictionary
	dict     object.Dict
	rev      int // revision it ends with, -1 when none
	gap, end int // where the gap begins; the end of the ByteRange
	time     time.Time
	cms      *cms // nil when unreadable

	intact     bool
	coversFile bool
	level      string
	problems   []string
}

func (s *signedField) problem(format string, args ...any) {
	s.problems = append(s.problems, s.field.name+": "+fmt.Sprintf(format, args...))
}

// examined is everything about a file but trust.
type examined struct {
	file     *object.File
	revs     []object.Revision
	fields   []field
	signed   []*signedField // in the order of signing
	later    string
	problems []string
	warnings []string
}

// examine checks every signature of the file and every later change.
func examine(f *object.File) *examined {
	x := &examined{file: f, revs: f.Revisions(), later: ChangesNone}
	x.fields, x.problems = signatureFields(f)
	for _, fd := range x.fields {
		if v := fd.value(); v != nil {
			s := &signedField{field: fd, rev: -1}
			x.checkSignature(s, v)
			x.signed = append(x.signed, s)
		}
	}
	slices.SortStableFunc(x.signed, func(a, b *signedField) int { return a.rev - b.rev })
	x.checkUnique()
	x.checkHidden()
	x.checkTrailing()
	x.checkChanges()
	return x
}

// unsound lists all that is wrong.
func (x *examined) unsound() []string {
	all := slices.Clone(x.problems)
	for _, s := range x.signed {
		all = append(all, s.problems...)
	}
	return all
}

func (x *examined) checkSignature(s *signedField, v object.Object) {
	var isRef, isDict bool
	s.ref, isRef = v.(object.Ref)
	s.dict, isDict = x.file.Resolve(v).(object.Dict)
	if !isRef || !isDict {
		s.problem("the signature is not an object of its own")
		return
	}
	if sub := x.file.Resolve(s.dict["SubFilter"]); sub != padesSubFilter {
		s.problem("not a PAdES signature (%s); this program does not check it", object.Marshal(sub))
		return
	}
	content, err := x.byteRange(s)
	if err != nil {
		s.problem("%v", err)
		return
	}
	x.checkRevision(s)
	x.checkContent(s, content)
	date, _ := x.file.Text(s.dict["M"])
	if s.time, err = decodeDate(date); err != nil {
		s.problem("the signing time is missing or unreadable")
	}
}

// byteRange checks ByteRange against the file and returns the two signed parts.
func (x *examined) byteRange(s *signedField) ([2][]byte, error) {
	var none [2][]byte
	data := x.file.Bytes()
	list, ok := s.dict["ByteRange"].(object.Array)
	if !ok || len(list) != 4 {
		return none, errors.New("the ByteRange is not a list of four numbers")
	}
	var n [4]int
	for i, o := range list {
		v, ok := o.(object.Integer)
		if !ok || v < 0 || int64(v) > int64(len(data)) {
			return none, errors.New("the ByteRange points outside the file")
		}
		n[i] = int(v)
	}
	start, end, _ := x.file.Span(s.ref)
	stop := n[2] + n[3]
	if n[0] != 0 || stop > len(data) || n[1] < start || n[2] < n[1]+2 || n[2] > end || n[3] == 0 {
		return none, errors.New("the ByteRange does not leave out exactly the signature")
	}
	before := bytes.TrimRight(data[start:n[1]], " \r\n\t")
	gap := data[n[1]:n[2]]
	contents, ok := s.dict["Contents"].(object.HexString)
	if !ok || !bytes.HasSuffix(before, []byte("/Contents")) || gap[0] != '<' || gap[len(gap)-1] != '>' {
		return none, errors.New("the ByteRange does not leave out exactly the signature")
	}
	raw, err := hex.DecodeString(string(gap[1 : len(gap)-1]))
	if err != nil || string(raw) != string(contents) {
		return none, errors.New("the ByteRange does not leave out exactly the signature")
	}
	s.gap, s.end = n[1], stop
	return [2][]byte{data[:n[1]], data[n[2]:stop]}, nil
}

// checkRevision finds the revision the signature ends with, and makes sure that
// it wrote both the signature and its field.
func (x *examined) checkRevision(s *signedField) {
	for i, r := range x.revs {
		if s.end >= r.Marker && s.end <= r.End {
			s.rev = i
		}
	}
	if s.rev < 0 {
		s.problem("the signature does not cover a whole revision of the file")
		return
	}
	r := x.revs[s.rev]
	inRevision := func(num int) bool { return slices.Contains(r.Written, num) }
	then := x.file.At(s.rev)
	at, _, _ := x.file.Span(s.ref)
	was, _, _ := then.Span(s.ref)
	if !inRevision(s.ref.Num) || !inRevision(s.field.ref.Num) || at != was ||
		!object.Equal(then.Dict(s.field.ref)["V"], s.ref) {
		s.problem("field and signature are not of the revision that was signed")
	}
	rest := x.file.Bytes()[s.end:]
	s.coversFile = len(bytes.Trim(rest, " \r\n\t")) == 0
}

// checkContent reads the CMS and tests it.
func (x *examined) checkContent(s *signedField, content [2][]byte) {
	contents, _ := x.file.Text(s.dict["Contents"])
	c, err := parseCMS([]byte(contents))
	if err != nil {
		s.problem("%v", err)
		return
	}
	s.cms = c
	if err := c.check(content[0], content[1]); err != nil {
		s.problem("%v", err)
		return
	}
	s.intact = true
	if c.signedTime {
		s.problem("the CMS has a signing-time attribute, which PAdES baseline forbids")
		return
	}
	s.level = levelBB
	if c.timeStamp {
		x.warnings = append(x.warnings, s.field.name+": carries a time-stamp, which this version does not check")
	}
}

// checkUnique refuses one signature shown by two fields and two signatures that
// claim the same revision.
func (x *examined) checkUnique() {
	for i, s := range x.signed {
		for _, o := range x.signed[:i] {
			switch {
			case s.ref == o.ref && s.ref != object.Ref{}, s.cms != nil && o.cms != nil && bytes.Equal(s.cms.signature, o.cms.signature):
				s.problem("shows the signature of the field %s", o.field.name)
				o.problem("its signature is shown by the field %s too", s.field.name)
			case s.rev >= 0 && s.rev == o.rev:
				s.problem("covers the same revision as %s", o.field.name)
			}
		}
	}
	for i := 1; i < len(x.signed); i++ {
		if x.signed[i].time.Before(x.signed[i-1].time) {
			x.warnings = append(x.warnings, x.signed[i].field.name+": the claimed time is before that of the signature it follows")
		}
	}
	for i, s := range x.signed {
		for _, o := range x.signed[:i] {
			if s.cms != nil && o.cms != nil && bytes.Equal(s.cms.cert.RawSubjectPublicKeyInfo, o.cms.cert.RawSubjectPublicKeyInfo) {
				x.warnings = append(x.warnings, s.field.name+": signed with the same key as "+o.field.name)
			}
		}
	}
}

// checkHidden looks for signature dictionaries that no field shows, as when a
// signature was cleared from its field.
func (x *examined) checkHidden() {
	shown := map[object.Ref]bool{}
	for _, s := range x.signed {
		shown[s.ref] = true
	}
	for _, r := range x.file.References() {
		d, ok := x.file.Object(r).(object.Dict)
		if !ok || shown[r] {
			continue
		}
		if _, has := d["ByteRange"]; has || d["Type"] == object.Name("Sig") {
			x.problems = append(x.problems, fmt.Sprintf("object %d is a signature that no field shows", r.Num))
		}
	}
}

func (x *examined) checkTrailing() {
	rest := x.file.Trailing()
	switch junk := len(bytes.Trim(rest, " \r\n\t")); {
	case junk > 0:
		x.later = ChangesForbidden
		x.problems = append(x.problems, fmt.Sprintf("%d bytes follow the end of the file", len(rest)))
	case len(rest) > 0:
		x.warnings = append(x.warnings, fmt.Sprintf("%d bytes of white space follow the end of the file", len(rest)))
	}
}

// role is the field's name as the contract writes it.
func (s *signedField) role() string { return strings.ToLower(s.field.name) }
