package widgets

import (
	"image"
	"strconv"

	"garrod/review/acmg"
	"garrod/ui/state"
	"garrod/ui/theme"
	"garrod/ui/words"

	"fyne.io/fyne/v2"
)

// Badge shows a class by figure, number and word, with its points.
type Badge struct {
	painted
	big    bool
	title  string
	class  acmg.Class
	points string
	note   string
	known  bool
}

// NewBadge makes a badge; a big one is the answer, a small one stands beside it.
func NewBadge(big bool) *Badge {
	b := &Badge{big: big}
	b.init(b, b.paint)
	return b
}

// Set shows a classification under the title, a rule set's name. note is a
// short remark behind the points.
func (b *Badge) Set(title string, c acmg.Classification, note string) {
	b.title, b.class, b.note, b.known = title, c.Class, note, true
	b.points = state.PointsText(c.Points)
	if b.big {
		b.points = words.F("badge.points", words.D{"points": b.points})
	}
	b.Refresh()
}

// Clear shows that no class is known yet.
func (b *Badge) Clear() {
	b.known, b.title = false, ""
	b.Refresh()
}

// Text is what the badge says, in words.
func (b *Badge) Text() string {
	if !b.known {
		return words.T("badge.none")
	}
	return ClassText(b.class) + ", " + b.points
}

// ClassText writes a class with its number: "5 Pathogenic".
func ClassText(c acmg.Class) string {
	if c == acmg.ClassWithheld {
		return words.Of("class.", "")
	}
	return strconv.Itoa(state.ClassNumber(c)) + " " + words.Of("class.", string(c))
}

// ShortClass writes a class with its number and letters: "5 P", "3 VUS".
func ShortClass(c acmg.Class) string {
	if c == acmg.ClassWithheld {
		return words.Of("class.", "")
	}
	return strconv.Itoa(state.ClassNumber(c)) + " " + string(c)
}

// ClassTone is how loudly a class speaks.
func ClassTone(c acmg.Class) state.Tone {
	switch c {
	case acmg.ClassPathogenic, acmg.ClassLikelyPathogenic, acmg.ClassWithheld:
		return state.Bad
	case acmg.ClassUncertain:
		return state.Caution
	}
	return state.Good
}

// ClassCell is a class as a chip in a table, its word shortened.
func ClassCell(c acmg.Class) state.Cell {
	text := words.Of("chip.", string(c))
	if n := state.ClassNumber(c); n > 0 {
		text = strconv.Itoa(n) + " " + text
	}
	return state.Cell{Text: text, Tone: ClassTone(c), Shape: state.ClassShape(c), Chip: true}
}

// MinSize fits the longest class.
func (b *Badge) MinSize() fyne.Size {
	if b.big {
		return fyne.NewSize(396, 56)
	}
	return fyne.NewSize(114, 56)
}

func (b *Badge) paint(p *pen, pal theme.Palette) {
	p.fill(p.img.Rect, pal.Panel)
	size, top := float32(13), float32(18)
	if b.big {
		size, top = 19, 20
	}
	all := p.img.Rect
	p.text(b.title, image.Rect(p.px(8), p.px(2), all.Max.X-p.px(6), p.px(top)), 11, false, pal.Muted, false)
	line := image.Rect(p.px(8), p.px(top-1), all.Max.X-p.px(6), all.Max.Y-p.px(3))
	if !b.known {
		p.text(words.T("badge.none"), line, size-2, false, pal.Muted, false)
		p.frame(all, pal.Line, max(p.px(1), 1))
		return
	}
	ink := pal.Tone(ClassTone(b.class))
	p.frame(all, ink, max(p.px(1), 1))
	if b.big {
		p.fill(image.Rect(0, 0, p.px(4), all.Max.Y), ink)
	}
	mark := p.px(size * 0.85)
	p.shape(state.ClassShape(b.class), line.Min.X, line.Min.Y+(line.Dy()-mark)/2, mark, ink)
	line.Min.X += mark + p.px(6)
	if !b.big {
		p.text(words.F("badge.short", words.D{"class": ShortClass(b.class), "points": b.points}), line, size, true, ink, false)
		return
	}
	line.Min.X += p.text(ClassText(b.class), line, size, true, ink, false) + p.px(12)
	p.text(b.points, image.Rect(line.Min.X, p.px(17), line.Max.X, p.px(36)), 14, true, pal.Text, false)
	p.text(b.note, image.Rect(line.Min.X, p.px(34), line.Max.X, p.px(53)), 12, false, pal.Text, false)
}
