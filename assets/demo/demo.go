// Package demo holds the demonstration case: a made-up family with its indexed
// VCF, pedigree, patient and gene panel. README.md says what each record shows
// and how each file was made.
package demo

import "embed"

// Files has the demonstration case: demo.vcf.gz with demo.vcf.gz.tbi and
// demo.vcf.gz.csi, demo.ped, demo.patient.json, demo.panel.tsv and demo.hpo.
//
//go:embed demo.vcf.gz demo.vcf.gz.tbi demo.vcf.gz.csi demo.ped demo.patient.json demo.panel.tsv demo.hpo
var Files embed.FS
