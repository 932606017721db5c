package pdf

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/image/font/sfnt"
)

// coverage tells which characters every font of the reports can draw.
type coverage struct {
	fonts []*sfnt.Font
	buf   sfnt.Buffer
	known map[rune]bool
}

func newCoverage(files ...[]byte) (*coverage, error) {
	c := &coverage{known: map[rune]bool{}}
	for _, b := range files {
		f, err := sfnt.Parse(b)
		if err != nil {
			return nil, fmt.Errorf("read an embedded font: %w", err)
		}
		c.fonts = append(c.fonts, f)
	}
	return c, nil
}

// has reports whether r can be drawn as it is. Characters written from right to
// left are left out although the fonts have some: they would stand in the wrong
// order. So are invisible ones, which could hide or turn text round.
func (c *coverage) has(r rune) bool {
	if r == ' ' {
		return true
	}
	if r > 0xFFFF || !unicode.IsGraphic(r) || unicode.In(r, unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana) {
		return false
	}
	known, seen := c.known[r]
	if !seen {
		known = !slices.ContainsFunc(c.fonts, func(f *sfnt.Font) bool {
			i, err := f.GlyphIndex(&c.buf, r)
			return err != nil || i == 0
		})
		c.known[r] = known
	}
	return known
}

// replaced counts the characters that could not be drawn.
type replaced struct {
	count int
	runes map[rune]bool
}

// clean makes s drawable: line ends and tabs become spaces, and every character
// that cannot be drawn becomes its number, [U+57FA], and is counted. Bytes that
// are not UTF-8 become [U+FFFD].
func (c *coverage) clean(s string, lost *replaced) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\n' || r == '\r' || r == '\t':
			b.WriteByte(' ')
		case c.has(r):
			b.WriteRune(r)
		default:
			lost.count++
			lost.runes[r] = true
			fmt.Fprintf(&b, "[U+%04X]", r)
		}
	}
	return b.String()
}

// notice says what was replaced, empty when nothing was.
func (l replaced) notice() string {
	if l.count == 0 {
		return ""
	}
	return fmt.Sprintf("%d characters of this report (%d different ones) cannot be printed with its fonts. "+
		"Each stands as its Unicode number in square brackets, [U+57FA] for instance.", l.count, len(l.runes))
}

// wrap breaks s into lines no wider than width, given the width of each
// character: at plain spaces (not at the fixed ones within numbers), else after
// a character that joins words, else anywhere. It returns at least one line, and
// puts at least one character on each.
func wrap(s string, width float64, advance func(rune) float64) []string {
	var lines []string
	line, used := "", 0.0
	space := advance(' ')
	for _, word := range strings.FieldsFunc(s, func(r rune) bool { return r == ' ' }) {
		wide := measure(word, advance)
		if line != "" && used+space+wide <= width {
			line, used = line+" "+word, used+space+wide
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		for wide > width {
			head := fitting(word, width, advance)
			if head == word {
				break
			}
			lines, word = append(lines, head), word[len(head):]
			wide -= measure(head, advance)
		}
		line, used = word, wide
	}
	return append(lines, line)
}

func measure(s string, advance func(rune) float64) float64 {
	sum := 0.0
	for _, r := range s {
		sum += advance(r)
	}
	return sum
}

// fitting returns the longest part of word that fits, at least one character,
// preferring to end after one of - _ / : ; , . ) → within its last third.
func fitting(word string, width float64, advance func(rune) float64) string {
	end, used := 0, 0.0
	for i, r := range word {
		used += advance(r)
		if i > 0 && used > width {
			break
		}
		end = i + utf8.RuneLen(r)
	}
	if i := strings.LastIndexAny(word[:end], "-_/:;,.)→"); i > end*2/3 {
		_, size := utf8.DecodeRuneInString(word[i:])
		return word[:i+size]
	}
	return word[:end]
}
