package widgets

import (
	"image"
	"image/color"
	"testing"

	"garrod/ui/state"
)

func TestSignsOfComparisonHaveGlyphs(t *testing.T) {
	f := faceFor(26, false)
	box := f.glyph('\uE000') // in no font
	for _, r := range "≤≥−→≠×·…β" {
		g := f.glyph(r)
		if g.mask == nil || g.mask.Rect == box.mask.Rect && same(g.mask, box.mask) {
			t.Errorf("%c is painted as a missing character", r)
		}
	}
}

func TestCharactersOfNoFontAreSeen(t *testing.T) {
	f := faceFor(26, false)
	if g := f.glyph('\U00012000'); g.mask == nil || g.advance == 0 {
		t.Error("a character that no font has takes no room: it would be left out in silence")
	}
}

func same(a, b *image.Alpha) bool { return string(a.Pix) == string(b.Pix) }

func TestFitKeepsWhatFits(t *testing.T) {
	f := faceFor(13, false)
	full := f.width("BRCA2 c.5946del").Ceil()
	for _, tt := range []struct {
		width int
		want  string
	}{{full, "BRCA2 c.5946del"}, {full + 50, "BRCA2 c.5946del"}, {0, ""}, {3, ""}} {
		if got, _ := f.fit("BRCA2 c.5946del", tt.width); got != tt.want {
			t.Errorf("fit in %d: %q, want %q", tt.width, got, tt.want)
		}
	}
	for width := range full {
		got, w := f.fit("BRCA2 c.5946del", width)
		if w > width || got != "" && []rune(got)[len([]rune(got))-1] != '…' {
			t.Fatalf("fit in %d: %q takes %d", width, got, w)
		}
	}
}

func TestWrapLosesNothing(t *testing.T) {
	for _, width := range []float32{20, 60, 200} {
		got := ""
		for _, line := range wrap("NM_000059.4:c.5946del is absent from gnomAD", width, false) {
			got += line
		}
		if want := "NM_000059.4:c.5946delisabsentfromgnomAD"; strip(got) != want {
			t.Errorf("at %v: %q", width, got)
		}
	}
}

func strip(s string) (out string) {
	for _, r := range s {
		if r != ' ' {
			out += string(r)
		}
	}
	return out
}

func TestShapesAreClippedAtTheEdge(t *testing.T) {
	var p pen
	p.start(20, 8, 20)
	for s := state.TriangleUp; s <= state.Dot; s++ {
		for _, at := range []image.Point{{-5, -5}, {15, 4}, {0, 7}, {25, 30}} {
			p.shape(s, at.X, at.Y, 12, color.Black)
		}
	}
}
