package object

import (
	"bytes"
	"cmp"
	"errors"
	"slices"
	"strconv"
)

// Parse reads a whole file: every revision, every object of each. It returns a
// *SyntaxError for anything it does not understand; it does not repair. The
// file keeps b, which must not change afterwards.
//
// Bytes after the last end marker are no error here; see [File.Trailing].
func Parse(b []byte) (*File, error) {
	if !bytes.HasPrefix(b, []byte("%PDF-1.")) {
		return nil, &SyntaxError{Offset: 0, What: "does not start with %PDF-1."}
	}
	secs, err := readSections(b)
	if err != nil {
		return nil, err
	}
	f := &File{data: b, secs: secs}
	for i := range secs {
		if err := f.readObjects(i); err != nil {
			return nil, err
		}
	}
	return f, nil
}

// readSections follows the Prev chain and returns the revisions oldest first.
func readSections(b []byte) ([]*section, error) {
	at, keyword, err := lastXref(b)
	if err != nil {
		return nil, err
	}
	var secs []*section
	for at >= 0 {
		if len(secs) == maxRevisions {
			return nil, &SyntaxError{Offset: at, What: "too many revisions"}
		}
		sec, kw, err := readSection(b, at)
		if err != nil {
			return nil, err
		}
		if len(secs) == 0 && kw != keyword {
			return nil, &SyntaxError{Offset: keyword, What: "the last startxref does not follow its table"}
		}
		secs = append(secs, sec)
		at = sec.prev
	}
	slices.Reverse(secs)
	for i := 1; i < len(secs); i++ {
		if secs[i].xref < secs[i-1].end || secs[i].size() < secs[i-1].size() {
			return nil, &SyntaxError{Offset: secs[i].xref, What: "a revision does not follow the one before"}
		}
	}
	return secs, nil
}

func (sec *section) size() int { return int(sec.trailer["Size"].(Integer)) }

// readObjects reads the objects of revision i in the order of the file. They
// must stand within the revision and must not overlap.
func (f *File) readObjects(i int) error {
	type numbered struct {
		num int
		*entry
	}
	sec := f.secs[i]
	var inUse []numbered
	for num, e := range sec.entries {
		if !e.free {
			inUse = append(inUse, numbered{num, e})
		}
	}
	slices.SortFunc(inUse, func(a, b numbered) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(a.num, b.num))
	})
	low := 0
	if i > 0 {
		low = f.secs[i-1].eof
	}
	for _, e := range inUse {
		if e.start < low || e.start >= sec.xref {
			return &SyntaxError{Offset: e.start, What: "object " + strconv.Itoa(e.num) + " is not where the cross-reference table says"}
		}
		if err := f.readObject(i, e.num, e.entry); err != nil {
			return err
		}
		low = e.end
	}
	return nil
}

// readObject reads "num gen obj … endobj".
func (f *File) readObject(rev, num int, e *entry) error {
	s := &scanner{b: f.data[:f.secs[rev].xref], pos: e.start}
	s.length = func(r Ref) (int, bool) { return f.lengthAt(rev, r) }
	if err := s.header(num, e.gen); err != nil {
		return err
	}
	v, err := s.value(0)
	if err != nil {
		return err
	}
	if d, ok := v.(Dict); ok {
		if v, err = s.stream(d); err != nil {
			return err
		}
		if t, _ := d["Type"].(Name); t == "ObjStm" || t == "XRef" {
			return &SyntaxError{Offset: e.start, What: "object streams are not supported"}
		}
	}
	if err := s.keyword("endobj"); err != nil {
		return err
	}
	e.end, e.value = s.pos, v
	return nil
}

// header reads "num gen obj" exactly at pos.
func (s *scanner) header(num, gen int) error {
	at := s.pos
	if !isDigit(s.peek()) {
		return s.fail("expected object " + strconv.Itoa(num))
	}
	n, err1 := s.natural()
	g, err2 := s.natural()
	if errors.Join(err1, err2, s.keyword("obj")) != nil || n != num || g != gen {
		s.pos = at
		return s.fail("expected object " + strconv.Itoa(num))
	}
	return nil
}

// lengthAt finds an indirect Length as revision rev sees it.
func (f *File) lengthAt(rev int, r Ref) (int, bool) {
	for ; rev >= 0; rev-- {
		e := f.secs[rev].entries[r.Num]
		if e == nil {
			continue
		}
		if e.free || e.gen != r.Gen || e.start >= f.secs[rev].xref {
			return 0, false
		}
		// A number needs few bytes; many streams may share one length object.
		s := &scanner{b: f.data[:min(f.secs[rev].xref, e.start+64)], pos: e.start}
		if s.header(r.Num, r.Gen) != nil {
			return 0, false
		}
		n, err := s.natural()
		return n, err == nil && s.keyword("endobj") == nil
	}
	return 0, false
}

// stream reads the data after d if the word stream follows, else returns d.
func (s *scanner) stream(d Dict) (Object, error) {
	s.space()
	if !bytes.HasPrefix(s.b[s.pos:], []byte("stream")) {
		return d, nil
	}
	s.pos += len("stream")
	switch {
	case bytes.HasPrefix(s.b[s.pos:], []byte("\r\n")):
		s.pos += 2
	case s.peek() == '\n':
		s.pos++
	default:
		return nil, s.fail("expected a line end after stream")
	}
	n, ok := s.streamLength(d)
	if !ok || n < 0 || n > len(s.b)-s.pos {
		return nil, s.fail("bad stream length")
	}
	data := s.b[s.pos : s.pos+n : s.pos+n]
	s.pos += n
	for range 2 { // one line end, which may be \r\n
		if c := s.peek(); c == '\n' || c == '\r' {
			s.pos++
		}
	}
	if !bytes.HasPrefix(s.b[s.pos:], []byte("endstream")) {
		return nil, s.fail("the stream does not end where its length says")
	}
	s.pos += len("endstream")
	return Stream{Dict: d, Data: data}, nil
}

func (s *scanner) streamLength(d Dict) (int, bool) {
	switch v := d["Length"].(type) {
	case Integer:
		return int(v), true
	case Ref:
		if s.length != nil {
			return s.length(v)
		}
	}
	return 0, false
}
