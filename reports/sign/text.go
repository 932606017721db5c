package sign

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"garrod/reports/object"
)

// maxText bounds names and reasons in a signature, in characters.
const maxText = 256

// encodeText writes a PDF text string: ASCII as it is, anything else as UTF-16
// with its mark. Control characters and broken UTF-8 are refused, not mended,
// because what is written gets signed.
func encodeText(s string) (object.Object, error) {
	if !utf8.ValidString(s) {
		return nil, errors.New("text is not valid UTF-8")
	}
	if n := utf8.RuneCountInString(s); n > maxText {
		return nil, fmt.Errorf("text has %d characters, at most %d fit", n, maxText)
	}
	if strings.ContainsFunc(s, unicode.IsControl) {
		return nil, errors.New("text has control characters")
	}
	if !strings.ContainsFunc(s, func(r rune) bool { return r > '~' }) {
		return object.String(s), nil
	}
	b := []byte{0xfe, 0xff}
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u>>8), byte(u))
	}
	return object.HexString(b), nil
}

// decodeText reads a PDF text string: UTF-16 with its mark, UTF-8 with its mark,
// otherwise one byte a character (Latin-1, of which PDFDocEncoding differs in
// punctuation only).
func decodeText(s string) string {
	if rest, ok := strings.CutPrefix(s, "\xef\xbb\xbf"); ok {
		return strings.ToValidUTF8(rest, "\uFFFD")
	}
	rest, ok := strings.CutPrefix(s, "\xfe\xff")
	if !ok {
		r := make([]rune, len(s))
		for i := range len(s) {
			r[i] = rune(s[i])
		}
		return string(r)
	}
	units := make([]uint16, len(rest)/2)
	for i := range units {
		units[i] = uint16(rest[2*i])<<8 | uint16(rest[2*i+1])
	}
	return string(utf16.Decode(units))
}

// textOf resolves o to decoded text, empty when it is no string.
func textOf(f *object.File, o object.Object) string {
	s, _ := f.Text(o)
	return decodeText(s)
}

func encodeDate(t time.Time) object.String {
	return object.String(t.UTC().Format("D:20060102150405Z"))
}

var datePattern = regexp.MustCompile(`^D:(\d{14})(?:Z(?:00'00'?)?|([+-])(\d{2})'(\d{2})'?)$`)

// decodeDate reads a PDF date that names seconds and zone.
func decodeDate(s string) (time.Time, error) {
	m := datePattern.FindStringSubmatch(s)
	if m == nil {
		return time.Time{}, errors.New("no complete date with time zone")
	}
	layout, value := "20060102150405Z0700", m[1]+"Z"
	if m[2] != "" {
		value = m[1] + m[2] + m[3] + m[4]
	}
	t, err := time.Parse(layout, value)
	if err != nil {
		return time.Time{}, fmt.Errorf("read date: %w", err)
	}
	return t.UTC(), nil
}
