// Package tr embeds the texts of the window: one JSON file per language, each a
// flat object from key to text. Texts may hold {{.name}} places.
package tr

import "embed"

// FS holds the texts; en.json is complete, other languages fall back to it.
//
//go:embed *.json
var FS embed.FS
