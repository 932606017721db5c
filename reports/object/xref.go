package object

import (
	"bytes"
	"strconv"
)

// maxRevisions bounds the chain of updates; a report has about four.
const maxRevisions = 1000

// entry is one object in one revision's cross-reference table.
type entry struct {
	gen        int
	free       bool
	start, end int // span from the object number to past endobj
	value      Object
}

// section is one revision as its table and trailer describe it.
type section struct {
	xref    int // offset of the table
	eof     int // offset past the "%%EOF" marker
	end     int // eof and the line end after it
	prev    int // -1 in the oldest revision
	trailer Dict
	entries map[int]*entry
}

// lastXref returns the offset that the last startxref names and the offset of
// that keyword.
func lastXref(b []byte) (xref, keyword int, err error) {
	keyword = bytes.LastIndex(b, []byte("startxref"))
	if keyword < 0 {
		return 0, 0, &SyntaxError{Offset: len(b), What: "no startxref"}
	}
	s := &scanner{b: b, pos: keyword}
	if err := s.keyword("startxref"); err != nil {
		return 0, 0, err
	}
	xref, err = s.natural()
	if err == nil && xref >= keyword {
		err = s.fail("startxref points outside the file")
	}
	return xref, keyword, err
}

// readSection reads table, trailer, startxref and end marker at offset at, and
// returns the offset of the startxref keyword too.
func readSection(b []byte, at int) (*section, int, error) {
	s := &scanner{b: b, pos: at}
	if !bytes.HasPrefix(b[at:], []byte("xref")) {
		return nil, 0, s.fail("expected a classic cross-reference table (xref)")
	}
	s.pos += len("xref")
	sec := &section{xref: at, prev: -1, entries: map[int]*entry{}}
	if err := sec.readTable(s); err != nil {
		return nil, 0, err
	}
	if err := sec.readTrailer(s); err != nil {
		return nil, 0, err
	}
	s.space()
	keyword := s.pos
	if err := s.keyword("startxref"); err != nil {
		return nil, 0, err
	}
	n, err := s.natural()
	if err != nil {
		return nil, 0, err
	}
	if n != at {
		return nil, 0, s.fail("startxref does not name its own table")
	}
	return sec, keyword, sec.readMarker(s)
}

// readMarker expects "%%EOF" on a line of its own.
func (sec *section) readMarker(s *scanner) error {
	line := s.pos
	for isSpace(s.peek()) && s.pos < len(s.b) {
		s.pos++
	}
	if !bytes.ContainsAny(s.b[line:s.pos], "\r\n") || !bytes.HasPrefix(s.b[s.pos:], []byte("%%EOF")) {
		return s.fail("expected the end marker %%EOF")
	}
	sec.eof = s.pos + len("%%EOF")
	sec.end = sec.eof
	for _, eol := range []string{"\r\n", "\n", "\r"} {
		if bytes.HasPrefix(s.b[sec.eof:], []byte(eol)) {
			sec.end += len(eol)
			break
		}
	}
	return nil
}

// readTable reads the subsections up to the word trailer.
func (sec *section) readTable(s *scanner) error {
	for {
		s.space()
		if bytes.HasPrefix(s.b[s.pos:], []byte("trailer")) {
			s.pos += len("trailer")
			return nil
		}
		first, err := s.natural()
		if err != nil {
			return err
		}
		count, err := s.natural()
		if err != nil {
			return err
		}
		for isSpace(s.peek()) && s.pos < len(s.b) {
			s.pos++
		}
		if count > (len(s.b)-s.pos)/20 {
			return s.fail("the cross-reference table is cut off")
		}
		for i := range count {
			if err := sec.readEntry(s, first+i); err != nil {
				return err
			}
		}
	}
}

// readEntry reads one line of exactly 20 bytes.
func (sec *section) readEntry(s *scanner, num int) error {
	l := s.b[s.pos : s.pos+20]
	off, ok1 := parseNatural(string(l[:10]))
	gen, ok2 := parseNatural(string(l[11:16]))
	eol := string(l[18:])
	ok := ok1 && ok2 && l[10] == ' ' && l[16] == ' ' && (l[17] == 'n' || l[17] == 'f') &&
		(eol == " \n" || eol == " \r" || eol == "\r\n") && gen <= 65535
	if !ok {
		return s.fail("bad cross-reference entry for object " + strconv.Itoa(num))
	}
	if sec.entries[num] != nil {
		return s.fail("two cross-reference entries for object " + strconv.Itoa(num))
	}
	if num == 0 && l[17] != 'f' {
		return s.fail("object 0 is in use")
	}
	sec.entries[num] = &entry{gen: gen, free: l[17] == 'f', start: off}
	s.pos += 20
	return nil
}

// readTrailer reads the trailer dictionary and checks the keys this package
// relies on.
func (sec *section) readTrailer(s *scanner) error {
	s.space()
	at := s.pos
	v, err := s.value(0)
	if err != nil {
		return err
	}
	d, ok := v.(Dict)
	if !ok {
		return &SyntaxError{Offset: at, What: "the trailer is not a dictionary"}
	}
	sec.trailer = d
	return sec.checkTrailer(at)
}

func (sec *section) checkTrailer(at int) error {
	d := sec.trailer
	for _, k := range []Name{"Encrypt", "XRefStm"} {
		if _, bad := d[k]; bad {
			return &SyntaxError{Offset: at, What: "encrypted and hybrid files are not supported (" + string(k) + ")"}
		}
	}
	size, ok := d["Size"].(Integer)
	if !ok || size < 1 || size > 1<<23 {
		return &SyntaxError{Offset: at, What: "bad Size in the trailer"}
	}
	if _, ok := d["Root"].(Ref); !ok {
		return &SyntaxError{Offset: at, What: "no Root in the trailer"}
	}
	for num := range sec.entries {
		if num >= int(size) {
			return &SyntaxError{Offset: at, What: "object number beyond Size"}
		}
	}
	if p, has := d["Prev"]; has {
		n, ok := p.(Integer)
		// A table may only follow the one it adds to: this also ends every loop.
		if !ok || n < 0 || int64(n) >= int64(sec.xref) {
			return &SyntaxError{Offset: at, What: "bad Prev in the trailer"}
		}
		sec.prev = int(n)
	}
	return nil
}
