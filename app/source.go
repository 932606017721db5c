package main

import (
	"context"
	"errors"
	"fmt"

	"garrod/review"
	"garrod/review/genome"
	"garrod/review/summary"
	"garrod/review/triage"
	"garrod/review/vcf"
)

// vcfSource gives triage the variants of a VCF: the columns of its scan, and the
// records themselves where they lie.
type vcfSource struct {
	file    *vcf.File
	columns *summary.Summary
}

var _ triage.Source = vcfSource{}

// Summary returns the columns.
func (s vcfSource) Summary() *summary.Summary { return s.columns }

// Fetch reads the records of rows.
func (s vcfSource) Fetch(ctx context.Context, rows []int, fn func(row int, v *review.Variant) error) error {
	for _, row := range rows {
		if err := s.fetch(ctx, row, fn); err != nil {
			return err
		}
	}
	return nil
}

func (s vcfSource) fetch(ctx context.Context, row int, fn func(row int, v *review.Variant) error) error {
	k := s.columns.Key(row)
	found := false
	err := s.file.Region(ctx, genome.Range{Contig: k.Contig, First: k.Pos, Last: k.Pos}, func(r *vcf.Record) error {
		if uint64(r.Offset) != s.columns.Offset(row) {
			return nil
		}
		vs := r.Variants()
		i := s.columns.Ordinal(row)
		if i >= len(vs) || vs[i].Key != k {
			return nil
		}
		found = true
		return fn(row, &vs[i])
	})
	if err == nil && !found {
		err = s.changed(row)
	}
	return err
}

// changed says that a record is not what the columns say it is.
func (s vcfSource) changed(row int) error {
	k := s.columns.Key(row)
	return &review.InputError{
		Code: "file_changed", File: s.file.Path(),
		What:   fmt.Sprintf("the record of %s:%d is not the one that was there when the file was read", k.Contig, k.Pos),
		Remedy: "Put the file back as it was, or add a new case.",
	}
}

// Around reads the records that share a base with r.
func (s vcfSource) Around(ctx context.Context, r genome.Range, fn func(vs []review.Variant) error) error {
	err := s.file.Region(ctx, r, func(rec *vcf.Record) error { return fn(rec.Variants()) })
	if bad, ok := errors.AsType[*review.InputError](err); ok && bad.Code == vcf.CodeContig {
		return nil // a contig that the file does not have has no records
	}
	return err
}
