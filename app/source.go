package main

import (
	"context"
	"errors"

	"garrod/review"
	"garrod/review/genome"
	"garrod/review/summary"
	"garrod/review/triage"
	"garrod/review/vcf"
)

// vcfSource gives triage the variants of a VCF: the columns of its scan, and the
// records themselves where they lie.
type vcfSource struct {
	records *vcf.Records
	columns *summary.Summary
}

var _ triage.Source = vcfSource{}

// Summary returns the columns.
func (s vcfSource) Summary() *summary.Summary { return s.columns }

// Around reads the records that share a base with r.
func (s vcfSource) Around(ctx context.Context, r genome.Range, fn func(vs []review.Variant) error) error {
	f, err := s.records.WithIndex(ctx)
	if err != nil {
		return err
	}
	err = f.Region(ctx, r, func(rec *vcf.Record) error { return fn(rec.Variants()) })
	if bad, ok := errors.AsType[*review.InputError](err); ok && bad.Code == vcf.CodeContig {
		return nil // a contig that the file does not have has no records
	}
	return err
}

// Holding reads the records whose line holds all of the words.
func (s vcfSource) Holding(ctx context.Context, words []string, m *review.Meter, fn func(vs []review.Variant) error) error {
	f, err := s.records.WithIndex(ctx)
	if err != nil {
		return err
	}
	return f.Holding(ctx, words, m, func(rec *vcf.Record) error { return fn(rec.Variants()) })
}

// inFile writes a key as the file's own variants have it, see vcf.File.ParseKey;
// what is no key stays as it is.
func inFile(ctx context.Context, src triage.Source, key string) (string, error) {
	s, ok := src.(vcfSource)
	if !ok {
		return key, nil
	}
	f, err := s.records.WithIndex(ctx)
	if err != nil {
		return "", err
	}
	if k, err := f.ParseKey(key); err == nil {
		return k.String(), nil
	}
	return key, nil
}

// withVCF runs fn on a case's variants.
func (l *lab) withVCF(ctx context.Context, id review.CaseID, fn func(c review.Case, src triage.Source) error) error {
	return l.withVCFShown(ctx, id, nil, fn)
}

// withVCFShown does so, and counts in m when the file has to be read first.
func (l *lab) withVCFShown(ctx context.Context, id review.CaseID, m *review.Meter, fn func(c review.Case, src triage.Source) error) error {
	c, err := l.Case(ctx, id)
	if err != nil {
		return err
	}
	src, at, err := l.source(ctx, c, m)
	if err != nil {
		return err
	}
	file, _ := c.VCF()
	return judge(c.ID, file, at, fn(c, src))
}
