package object

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Marshal returns o as PDF text. Equal values give equal bytes.
func Marshal(o Object) []byte { return appendObject(nil, o) }

// Equal reports whether a and b are written alike. A literal string and a
// hexadecimal one with the same bytes are not equal.
func Equal(a, b Object) bool { return bytes.Equal(Marshal(a), Marshal(b)) }

func appendObject(dst []byte, o Object) []byte {
	if o == nil {
		return Null{}.appendTo(dst)
	}
	return o.appendTo(dst)
}

func (Null) appendTo(dst []byte) []byte { return append(dst, "null"...) }

func (v Bool) appendTo(dst []byte) []byte { return strconv.AppendBool(dst, bool(v)) }

func (v Integer) appendTo(dst []byte) []byte { return strconv.AppendInt(dst, int64(v), 10) }

func (v Real) appendTo(dst []byte) []byte {
	start := len(dst)
	dst = strconv.AppendFloat(dst, float64(v), 'f', -1, 64)
	if bytes.IndexByte(dst[start:], '.') < 0 {
		dst = append(dst, ".0"...) // stays a Real when read again
	}
	return dst
}

func (v Raw) appendTo(dst []byte) []byte { return append(dst, v...) }

func (v Ref) appendTo(dst []byte) []byte { return fmt.Appendf(dst, "%d %d R", v.Num, v.Gen) }

func (v HexString) appendTo(dst []byte) []byte {
	dst = append(dst, '<')
	dst = hex.AppendEncode(dst, []byte(v))
	return append(dst, '>')
}

func (v String) appendTo(dst []byte) []byte {
	dst = append(dst, '(')
	for i := range len(v) {
		switch c := v[i]; {
		case c == '(' || c == ')' || c == '\\':
			dst = append(dst, '\\', c)
		case c < ' ' || c > '~':
			dst = fmt.Appendf(dst, `\%03o`, c)
		default:
			dst = append(dst, c)
		}
	}
	return append(dst, ')')
}

func (v Name) appendTo(dst []byte) []byte {
	dst = append(dst, '/')
	for i := range len(v) {
		if c := v[i]; c <= ' ' || c > '~' || c == '#' || isDelimiter(c) {
			dst = fmt.Appendf(dst, "#%02X", c)
		} else {
			dst = append(dst, c)
		}
	}
	return dst
}

func (v Array) appendTo(dst []byte) []byte {
	dst = append(dst, '[')
	for i, o := range v {
		if i > 0 {
			dst = append(dst, ' ')
		}
		dst = appendObject(dst, o)
	}
	return append(dst, ']')
}

func (d Dict) appendTo(dst []byte) []byte {
	dst = append(dst, "<<"...)
	for i, k := range sortedKeys(d) {
		if i > 0 {
			dst = append(dst, ' ')
		}
		dst = append(k.appendTo(dst), ' ')
		dst = appendObject(dst, d[k])
	}
	return append(dst, ">>"...)
}

func (v Stream) appendTo(dst []byte) []byte {
	dst = v.Dict.With("Length", Integer(len(v.Data))).appendTo(dst)
	dst = append(dst, "\nstream\n"...)
	dst = append(dst, v.Data...)
	return append(dst, "\nendstream"...)
}

func sortedKeys(d Dict) []Name {
	rank := func(k Name) string {
		switch k {
		case "Type":
			return "\x00"
		case "Subtype":
			return "\x01"
		}
		return "\x02" + string(k)
	}
	return slices.SortedFunc(maps.Keys(d), func(a, b Name) int {
		return strings.Compare(rank(a), rank(b))
	})
}
