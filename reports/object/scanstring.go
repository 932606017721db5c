package object

import "bytes"

// name reads a name; pos is on its slash.
func (s *scanner) name() (Name, error) {
	s.pos++
	at := s.pos
	w := s.word()
	var out []byte
	for i := 0; i < len(w); i++ {
		if w[i] != '#' {
			out = append(out, w[i])
			continue
		}
		if i+2 >= len(w) || unhex(w[i+1]) < 0 || unhex(w[i+2]) < 0 {
			s.pos = at
			return "", s.fail("bad # in a name")
		}
		out = append(out, byte(unhex(w[i+1])<<4|unhex(w[i+2])))
		i += 2
	}
	return Name(out), nil
}

func unhex(c byte) int {
	switch {
	case isDigit(c):
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// hexString reads <…>; white space between digits is allowed, an odd last digit
// counts as if followed by 0.
func (s *scanner) hexString() (Object, error) {
	s.pos++
	var out []byte
	high := -1
	for ; s.pos < len(s.b); s.pos++ {
		c := s.b[s.pos]
		n := unhex(c)
		switch {
		case c == '>':
			s.pos++
			if high >= 0 {
				out = append(out, byte(high<<4))
			}
			return HexString(out), nil
		case isSpace(c):
		case n < 0:
			return nil, s.fail("bad digit in a hexadecimal string")
		case high < 0:
			high = n
		default:
			out = append(out, byte(high<<4|n))
			high = -1
		}
	}
	return nil, s.fail("unfinished hexadecimal string")
}

// literal reads (…) with nested parentheses and escapes.
func (s *scanner) literal() (Object, error) {
	s.pos++
	var out []byte
	for open := 1; s.pos < len(s.b); {
		c := s.b[s.pos]
		s.pos++
		switch c {
		case '(':
			open++
		case ')':
			if open--; open == 0 {
				return String(out), nil
			}
		case '\\':
			out = s.escape(out)
			continue
		case '\r':
			c = '\n'
			if s.peek() == '\n' {
				s.pos++
			}
		}
		out = append(out, c)
	}
	return nil, s.fail("unfinished string")
}

// escape reads what follows a backslash and appends its meaning.
func (s *scanner) escape(out []byte) []byte {
	if s.pos >= len(s.b) {
		return out
	}
	c := s.b[s.pos]
	s.pos++
	if i := bytes.IndexByte([]byte("nrtbf"), c); i >= 0 {
		return append(out, "\n\r\t\b\f"[i])
	}
	switch {
	case c == '\n':
		return out
	case c == '\r':
		if s.peek() == '\n' {
			s.pos++
		}
		return out
	case c >= '0' && c <= '7':
		n := int(c - '0')
		for i := 0; i < 2 && s.pos < len(s.b) && s.b[s.pos] >= '0' && s.b[s.pos] <= '7'; i++ {
			n = n<<3 | int(s.b[s.pos]-'0')
			s.pos++
		}
		return append(out, byte(n))
	}
	return append(out, c)
}
