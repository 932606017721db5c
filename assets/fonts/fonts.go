// Package fonts embeds the fonts of the reports: Liberation Sans in two weights
// and Liberation Mono, under the SIL Open Font License 1.1 (OFL.txt beside
// them). Figures have one width in each of them, so that columns of numbers
// line up.
package fonts

import _ "embed"

// The fonts, as TrueType files.
var (
	//go:embed LiberationSans-Regular.ttf
	sans []byte
	//go:embed LiberationSans-Bold.ttf
	bold []byte
	//go:embed LiberationMono-Regular.ttf
	mono []byte
)

// Licence is the licence text of the fonts.
//
//go:embed OFL.txt
var Licence string

// Sans returns Liberation Sans Regular. The bytes are shared and must not be
// changed; the same holds for the other fonts.
func Sans() []byte { return sans }

// Bold returns Liberation Sans Bold.
func Bold() []byte { return bold }

// Mono returns Liberation Mono Regular, for keys and hashes that are compared
// by eye.
func Mono() []byte { return mono }
