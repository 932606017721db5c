// Package theme is the look of the window: calm and dense, light and dark, one
// accent. Colours never carry a meaning alone; shapes, numbers and words say the
// same. A test keeps every text colour at a contrast of at least 4.5:1 on every
// ground it stands on (WCAG 2.1, success criterion 1.4.3).
package theme

import (
	"image/color"

	"garrod/ui/state"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

// Palette is the colours of one variant.
type Palette struct {
	Ground, Panel, Header, Selected, SelectedIdle, Stripe, Hover color.NRGBA // grounds
	Text, Muted, Accent, Good, Caution, Bad                      color.NRGBA // texts and figures
	OnAccent, OnBad, OnGood, OnCaution                           color.NRGBA
	Line, Input, InputLine, Button, Disabled, DisabledButton     color.NRGBA
	Bar, BarIdle                                                 color.NRGBA // funnel bars
	Shadow                                                       color.NRGBA
}

func rgb(v uint32) color.NRGBA {
	return color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 255}
}

// Light is the palette on a bright ground.
var Light = Palette{
	Ground: rgb(0xF6F7F9), Panel: rgb(0xFFFFFF), Header: rgb(0xE9ECF0), Selected: rgb(0xCFE2F7),
	SelectedIdle: rgb(0xE2E8EF), Stripe: rgb(0xF9FAFB), Hover: rgb(0xE6EDF5),
	Text: rgb(0x16202B), Muted: rgb(0x4C5866), Accent: rgb(0x0B4F94), Good: rgb(0x14602F),
	Caution: rgb(0x7A4300), Bad: rgb(0x9C1526),
	OnAccent: rgb(0xFFFFFF), OnBad: rgb(0xFFFFFF), OnGood: rgb(0xFFFFFF), OnCaution: rgb(0xFFFFFF),
	Line: rgb(0xCDD3DA), Input: rgb(0xFFFFFF), InputLine: rgb(0x8D98A5), Button: rgb(0xE3E8EE),
	Disabled: rgb(0x626E7B), DisabledButton: rgb(0xEEF0F3),
	Bar: rgb(0x7BA7D6), BarIdle: rgb(0xDCE5EF), Shadow: color.NRGBA{A: 0x55},
}

// Dark is the palette on a dark ground.
var Dark = Palette{
	Ground: rgb(0x15191E), Panel: rgb(0x1C2127), Header: rgb(0x272E36), Selected: rgb(0x1F4468),
	SelectedIdle: rgb(0x2C343D), Stripe: rgb(0x1F252B), Hover: rgb(0x2A333C),
	Text: rgb(0xE8ECF0), Muted: rgb(0xB3BDC8), Accent: rgb(0x8CC1F5), Good: rgb(0x86D6A0),
	Caution: rgb(0xF2BE77), Bad: rgb(0xFFA7A4),
	OnAccent: rgb(0x0A1622), OnBad: rgb(0x24090B), OnGood: rgb(0x071B0E), OnCaution: rgb(0x241500),
	Line: rgb(0x3A434D), Input: rgb(0x11151A), InputLine: rgb(0x66727F), Button: rgb(0x2D353E),
	Disabled: rgb(0x95A0AC), DisabledButton: rgb(0x232930),
	Bar: rgb(0x3C6E9F), BarIdle: rgb(0x262F39), Shadow: color.NRGBA{A: 0x99},
}

// Current returns the palette in use.
func Current() Palette {
	if app := fyne.CurrentApp(); app != nil && app.Settings().ThemeVariant() == fynetheme.VariantDark {
		return Dark
	}
	return Light
}

// Tone returns the colour of a tone.
func (p Palette) Tone(t state.Tone) color.NRGBA {
	switch t {
	case state.Muted:
		return p.Muted
	case state.Good:
		return p.Good
	case state.Caution:
		return p.Caution
	case state.Bad:
		return p.Bad
	case state.Accent:
		return p.Accent
	}
	return p.Text
}

// Theme is the Fyne theme of Garrod.
type Theme struct{ fyne.Theme }

// New returns the theme; fonts and icons are Fyne's own.
func New() Theme { return Theme{fynetheme.DefaultTheme()} }

// Color returns a colour of the palette of v.
func (t Theme) Color(n fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	p := &Light
	if v == fynetheme.VariantDark {
		p = &Dark
	}
	if c, ok := p.byName()[n]; ok {
		return c
	}
	return t.Theme.Color(n, v)
}

func (p *Palette) byName() map[fyne.ThemeColorName]color.NRGBA {
	return map[fyne.ThemeColorName]color.NRGBA{
		fynetheme.ColorNameBackground: p.Ground, fynetheme.ColorNameOverlayBackground: p.Panel,
		fynetheme.ColorNameMenuBackground: p.Panel, fynetheme.ColorNameHeaderBackground: p.Header,
		fynetheme.ColorNameForeground: p.Text, fynetheme.ColorNamePlaceHolder: p.Muted,
		fynetheme.ColorNameDisabled: p.Disabled, fynetheme.ColorNameDisabledButton: p.DisabledButton,
		fynetheme.ColorNamePrimary: p.Accent, fynetheme.ColorNameHyperlink: p.Accent,
		fynetheme.ColorNameForegroundOnPrimary: p.OnAccent, fynetheme.ColorNameForegroundOnError: p.OnBad,
		fynetheme.ColorNameForegroundOnSuccess: p.OnGood, fynetheme.ColorNameForegroundOnWarning: p.OnCaution,
		fynetheme.ColorNameError: p.Bad, fynetheme.ColorNameSuccess: p.Good, fynetheme.ColorNameWarning: p.Caution,
		fynetheme.ColorNameButton: p.Button, fynetheme.ColorNameInputBackground: p.Input,
		fynetheme.ColorNameInputBorder: p.InputLine, fynetheme.ColorNameSeparator: p.Line,
		fynetheme.ColorNameFocus: fade(p.Accent, 0x50), fynetheme.ColorNameSelection: fade(p.Accent, 0x40),
		fynetheme.ColorNameHover: fade(p.Accent, 0x18), fynetheme.ColorNamePressed: fade(p.Accent, 0x38),
		fynetheme.ColorNameScrollBar: p.InputLine, fynetheme.ColorNameShadow: p.Shadow,
	}
}

func fade(c color.NRGBA, a uint8) color.NRGBA {
	c.A = a
	return c
}

// Size returns the dense sizes.
func (t Theme) Size(n fyne.ThemeSizeName) float32 {
	switch n {
	case fynetheme.SizeNamePadding:
		return 3
	case fynetheme.SizeNameInnerPadding:
		return 5
	case fynetheme.SizeNameText:
		return 13
	case fynetheme.SizeNameCaptionText:
		return 11
	case fynetheme.SizeNameSubHeadingText:
		return 15
	case fynetheme.SizeNameHeadingText:
		return 19
	case fynetheme.SizeNameInlineIcon:
		return 16
	case fynetheme.SizeNameScrollBar:
		return 12
	case fynetheme.SizeNameScrollBarSmall:
		return 5
	case fynetheme.SizeNameInputRadius, fynetheme.SizeNameSelectionRadius:
		return 3
	case fynetheme.SizeNameModalBlurRadius:
		return 0
	}
	return t.Theme.Size(n)
}
