package object

import (
	"bytes"
	"fmt"
	"strconv"
)

// maxDepth bounds arrays and dictionaries within each other.
const maxDepth = 64

// SyntaxError says that a file is not the PDF this package reads, and where.
type SyntaxError struct {
	Offset int    // byte from the start of the file
	What   string // lower case, no full stop
}

// Error gives what is wrong and the offset.
func (e *SyntaxError) Error() string { return fmt.Sprintf("%s at byte %d", e.What, e.Offset) }

// scanner reads values from b, starting at pos.
type scanner struct {
	b   []byte
	pos int
	// length finds the value of an indirect Length, nil where there is none.
	length func(Ref) (int, bool)
}

func (s *scanner) fail(what string) error { return &SyntaxError{Offset: s.pos, What: what} }

func isSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0
}

func isDelimiter(c byte) bool { return bytes.IndexByte([]byte("()<>[]{}/%"), c) >= 0 }

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// peek returns the byte at pos, 0 at the end.
func (s *scanner) peek() byte {
	if s.pos >= len(s.b) {
		return 0
	}
	return s.b[s.pos]
}

// space skips white space and comments.
func (s *scanner) space() {
	for s.pos < len(s.b) {
		switch c := s.b[s.pos]; {
		case isSpace(c):
			s.pos++
		case c == '%':
			for s.pos < len(s.b) && s.b[s.pos] != '\n' && s.b[s.pos] != '\r' {
				s.pos++
			}
		default:
			return
		}
	}
}

// word returns the run of regular characters at pos and moves past it.
func (s *scanner) word() string {
	start := s.pos
	for s.pos < len(s.b) && !isSpace(s.b[s.pos]) && !isDelimiter(s.b[s.pos]) {
		s.pos++
	}
	return string(s.b[start:s.pos])
}

// keyword expects exactly want after optional space.
func (s *scanner) keyword(want string) error {
	s.space()
	at := s.pos
	if s.word() != want {
		s.pos = at
		return s.fail("expected " + want)
	}
	return nil
}

// natural expects a whole number without sign, at most 10 digits.
func (s *scanner) natural() (int, error) {
	s.space()
	at := s.pos
	n, ok := parseNatural(s.word())
	if !ok {
		s.pos = at
		return 0, s.fail("expected a number")
	}
	return n, nil
}

func parseNatural(w string) (int, bool) {
	if len(w) == 0 || len(w) > 10 {
		return 0, false
	}
	for i := range len(w) {
		if !isDigit(w[i]) {
			return 0, false
		}
	}
	n, err := strconv.ParseInt(w, 10, 64)
	return int(n), err == nil
}

// value reads one value at depth levels of nesting.
func (s *scanner) value(depth int) (Object, error) {
	if depth > maxDepth {
		return nil, s.fail("values nested too deeply")
	}
	s.space()
	if s.pos >= len(s.b) {
		return nil, s.fail("the file ends within a value")
	}
	switch c := s.b[s.pos]; c {
	case '/':
		return s.name()
	case '(':
		return s.literal()
	case '[':
		return s.array(depth)
	case '<':
		if s.pos+1 < len(s.b) && s.b[s.pos+1] == '<' {
			return s.dict(depth)
		}
		return s.hexString()
	default:
		return s.atom()
	}
}

// atom reads a number, a reference or a keyword.
func (s *scanner) atom() (Object, error) {
	at := s.pos
	w := s.word()
	switch w {
	case "null":
		return Null{}, nil
	case "true":
		return Bool(true), nil
	case "false":
		return Bool(false), nil
	}
	if n, ok := parseNatural(w); ok {
		if r, ok := s.reference(n); ok {
			return r, nil
		}
		return Integer(n), nil
	}
	if o, ok := parseNumber(w); ok {
		return o, nil
	}
	s.pos = at
	return nil, s.fail("expected a value")
}

// reference tries to read the rest of "n g R" and otherwise moves nothing.
func (s *scanner) reference(n int) (Ref, bool) {
	at := s.pos
	s.space()
	g, ok := parseNatural(s.word())
	if ok {
		s.space()
		ok = s.word() == "R"
	}
	if !ok || n == 0 {
		s.pos = at
		return Ref{}, false
	}
	return Ref{Num: n, Gen: g}, true
}

func parseNumber(w string) (Object, bool) {
	dots := 0
	digits := 0
	for i := range len(w) {
		switch c := w[i]; {
		case isDigit(c):
			digits++
		case c == '.':
			dots++
		case (c == '-' || c == '+') && i == 0:
		default:
			return nil, false
		}
	}
	if digits == 0 || digits > 40 || dots > 1 {
		return nil, false
	}
	if dots == 0 {
		n, err := strconv.ParseInt(w, 10, 64)
		return Integer(n), err == nil
	}
	x, err := strconv.ParseFloat(w, 64)
	return Real(x), err == nil
}

func (s *scanner) array(depth int) (Object, error) {
	s.pos++
	a := Array{}
	for {
		s.space()
		if s.peek() == ']' {
			s.pos++
			return a, nil
		}
		v, err := s.value(depth + 1)
		if err != nil {
			return nil, err
		}
		a = append(a, v)
	}
}

func (s *scanner) dict(depth int) (Object, error) {
	s.pos += 2
	d := Dict{}
	for {
		s.space()
		if bytes.HasPrefix(s.b[s.pos:], []byte(">>")) {
			s.pos += 2
			return d, nil
		}
		if s.peek() != '/' {
			return nil, s.fail("expected a key")
		}
		at := s.pos
		k, err := s.name()
		if err != nil {
			return nil, err
		}
		if _, dup := d[k]; dup {
			s.pos = at
			return nil, s.fail("duplicated key " + strconv.Quote(string(k)))
		}
		if d[k], err = s.value(depth + 1); err != nil {
			return nil, err
		}
	}
}
