package main

import (
	"testing"

	"garrod/assets/demo"
)

func TestRegionCounts(t *testing.T) {
	t.Parallel()
	file := demoFile(t, demo.VCF)
	type counted struct {
		Region  string `json:"region"`
		Records int    `json:"records"`
	}
	for _, tt := range []struct {
		region string
		want   counted
	}{
		{"chr18:55257375-55257375", counted{"18:55257375-55257375", 1}},
		{"18:55,257,375-55,257,375", counted{"18:55257375-55257375", 1}},
		{"chr2:50550001-50550003", counted{"2:50550001-50550003", 2}}, // a deletion reaches in from the left
		{"chr18:1-1", counted{"18:1-1", 0}},
	} {
		var got counted
		must(t, &got, "vcf", "region", file, tt.region, "--count")
		if got != tt.want {
			t.Errorf("%s: %+v, want %+v", tt.region, got, tt.want)
		}
	}
	if r := garrod(t, "vcf", "region", file, "chr18:55257375-55257375", "--count"); r.out != "1\n" {
		t.Errorf("without --json: %q", r.out)
	}
	for region, code := range map[string]int{"chr99:1-10": exitInput, "chr18": exitUsage, "chr18:10-5": exitUsage, "chr18:0-5": exitUsage} {
		if r := garrod(t, "vcf", "region", file, region, "--count"); r.code != code {
			t.Errorf("%s: exit %d, want %d", region, r.code, code)
		}
	}
}
