package main

import (
	"runtime"
	"runtime/debug"

	"garrod/review"
	"garrod/review/acmg"
	"garrod/review/sqlite"
)

// versionDoc is what "garrod version" prints.
type versionDoc struct {
	Version  string           `json:"version"`
	Commit   string           `json:"commit"`
	Go       string           `json:"go"`
	Schema   int              `json:"schema"` // of the database
	Tags     string           `json:"tags"`
	RuleSets []versionRuleSet `json:"rule_sets"`
	Packs    []string         `json:"packs"`
}

type versionRuleSet struct {
	ID         acmg.RuleSetID  `json:"id"`
	Version    string          `json:"version"`
	Hash       string          `json:"hash"`
	ApprovedBy []review.UserID `json:"approved_by"`
}

func versionInfo() (versionDoc, error) {
	v := versionDoc{Version: version, Commit: commit, Go: runtime.Version(), Schema: sqlite.SchemaVersion, Packs: []string{}}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "-tags" {
				v.Tags = s.Value
			}
		}
	}
	sets, err := shippedRules()
	if err != nil {
		return v, err
	}
	for _, rs := range sets {
		v.RuleSets = append(v.RuleSets, versionRuleSet{ID: rs.ID, Version: rs.Version, Hash: rs.Hash(), ApprovedBy: []review.UserID{}})
	}
	return v, nil
}

// programName is how reports and proofs name this build.
func programName() string { return "Garrod " + version + " (" + commit + ")" }
