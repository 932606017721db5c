// Package icon embeds the program's icon, drawn for this project: a pedigree's
// square and circle joined by two strands, with a diamond below. icon.png is
// icon.svg at 512 pixels.
package icon

import (
	_ "embed" // for the picture

	"fyne.io/fyne/v2"
)

//go:embed icon.png
var png []byte

// Resource returns the icon as a Fyne resource.
func Resource() fyne.Resource { return fyne.NewStaticResource("garrod.png", png) }
