// Package rules embeds the rule sets Garrod ships with: layers in the format of
// acmg.ParseLayer, to be resolved by acmg.LoadRuleSets.
//
// They are drafts: a laboratory reads, changes and activates them. Values that
// somebody still has to check against the primary text carry a note beginning
// with UNSURE. acgs-2024 is the default.
package rules

import _ "embed"

// Default is the id of the rule set a new laboratory starts with.
const Default = "acgs-2024"

var (
	//go:embed base.json
	base []byte
	//go:embed richards-2015.json
	richards2015 []byte
	//go:embed richards-2015-svi.json
	richards2015SVI []byte
	//go:embed tavtigian-2020.json
	tavtigian2020 []byte
	//go:embed acgs-2024.json
	acgs2024 []byte
)

// Files returns the layers, the default first. Callers must not change them.
func Files() [][]byte {
	return [][]byte{acgs2024, tavtigian2020, richards2015SVI, richards2015, base}
}
