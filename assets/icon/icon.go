// Package icon embeds the program's icon, drawn for this project: a pedigree's
// square and circle joined by two strands, with a diamond below. icon.png is
// icon.svg at 512 pixels.
package icon

import _ "embed" // for the picture

//go:embed icon.png
var png []byte

// Picture is the icon as a resource of the window: a name and a PNG.
type Picture struct{}

// Name is the icon's file name.
func (Picture) Name() string { return "garrod.png" }

// Content is the PNG.
func (Picture) Content() []byte { return png }

// Resource returns the icon.
func Resource() Picture { return Picture{} }
