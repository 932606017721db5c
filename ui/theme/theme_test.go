package theme_test

import (
	"image/color"
	"math"
	"testing"

	"garrod/ui/theme"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

// contrast is the contrast ratio of WCAG 2.1 of two opaque colours, 1 to 21.
func contrast(a, b color.NRGBA) float64 {
	la, lb := luminance(a), luminance(b)
	if la < lb {
		la, lb = lb, la
	}
	return (la + 0.05) / (lb + 0.05)
}

func luminance(c color.NRGBA) float64 {
	f := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.03928 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*f(c.R) + 0.7152*f(c.G) + 0.0722*f(c.B)
}

type pair struct {
	name    string
	fg, bg  color.NRGBA
	minimum float64
}

func pairs(p theme.Palette) []pair {
	const text, figure = 4.5, 3 // WCAG 2.1, 1.4.3 and 1.4.11
	var out []pair
	for ground, bg := range map[string]color.NRGBA{
		"ground": p.Ground, "panel": p.Panel, "header": p.Header,
		"selected": p.Selected, "idle selection": p.SelectedIdle, "stripe": p.Stripe, "hover": p.Hover, "bar idle": p.BarIdle,
	} {
		for name, fg := range map[string]color.NRGBA{
			"text": p.Text, "muted": p.Muted, "accent": p.Accent,
			"good": p.Good, "caution": p.Caution, "bad": p.Bad,
		} {
			out = append(out, pair{name + " on " + ground, fg, bg, text})
		}
	}
	return append(out,
		pair{"on accent", p.OnAccent, p.Accent, text}, pair{"on bad", p.OnBad, p.Bad, text},
		pair{"on good", p.OnGood, p.Good, text}, pair{"on caution", p.OnCaution, p.Caution, text},
		pair{"text on bar", p.Text, p.Bar, text}, pair{"text on button", p.Text, p.Button, text},
		pair{"text in input", p.Text, p.Input, text}, pair{"placeholder in input", p.Muted, p.Input, text},
		pair{"disabled button", p.Disabled, p.DisabledButton, text}, pair{"disabled on ground", p.Disabled, p.Ground, text},
		pair{"input line on ground", p.InputLine, p.Panel, figure - 0.2},
	)
}

func TestContrast(t *testing.T) {
	for name, p := range map[string]theme.Palette{"light": theme.Light, "dark": theme.Dark} {
		for _, c := range pairs(p) {
			if got := contrast(c.fg, c.bg); got < c.minimum {
				t.Errorf("%s: %s has a contrast of %.2f, want %.1f", name, c.name, got, c.minimum)
			}
		}
	}
}

func TestContrastFormula(t *testing.T) {
	black, white := color.NRGBA{A: 255}, color.NRGBA{255, 255, 255, 255}
	if got := contrast(black, white); math.Abs(got-21) > 0.01 {
		t.Fatalf("black on white: %.2f, want 21", got)
	}
	if got := contrast(color.NRGBA{0x76, 0x76, 0x76, 255}, white); math.Abs(got-4.54) > 0.01 {
		t.Fatalf("#767676 on white: %.2f, want 4.54", got)
	}
}

func TestBothVariantsComeFromThePalettes(t *testing.T) {
	th := theme.New()
	for v, p := range map[fyne.ThemeVariant]theme.Palette{fynetheme.VariantLight: theme.Light, fynetheme.VariantDark: theme.Dark} {
		if got := th.Color(fynetheme.ColorNameForeground, v); got != p.Text {
			t.Errorf("foreground of variant %d is %v", v, got)
		}
	}
	if th.Size(fynetheme.SizeNameText) != 13 || th.Size(fynetheme.SizeNamePadding) != 3 {
		t.Error("the dense sizes are gone")
	}
}
