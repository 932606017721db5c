package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"garrod/review"
	"garrod/review/bgz"
	"garrod/review/genome"
	"garrod/review/vcf"
)

// Codes of errors about a case's files.
const (
	codeFileChanged = bgz.CodeChanged
	codeFileMissing = "file_missing"
)

// stillWorks says what a case can do without its VCF.
const stillWorks = "What was assessed, accepted and signed is stored with the case and stays usable: " +
	"garrod case show, evidence and review on assessed variants, signoff and report need no VCF."

// changedFile refuses a file that is not the one a case was added with.
func changedFile(path string, cause error) error {
	return &review.InputError{
		Code: codeFileChanged, File: path, What: "this file is not the one the case was added with, to the last byte",
		Remedy: "Put the file back as it was, or add a new case. " + stillWorks, Err: cause,
	}
}

// missingFile refuses to go on without a file.
func missingFile(id review.CaseID, path string, cause error) error {
	what := "this file cannot be read"
	if errors.Is(cause, fs.ErrNotExist) {
		what = "this file is not there"
	}
	return &review.InputError{
		Code: codeFileMissing, File: path, What: what,
		Remedy: fmt.Sprintf("Put the file back, or say where it is now: garrod case relink --case %s --vcf FILE. %s", id, stillWorks), Err: cause,
	}
}

// isFileGone reports whether an error says that a case's file is not there, or
// not what it was.
func isFileGone(err error) bool {
	e, ok := errors.AsType[*review.InputError](err)
	return ok && (e.Code == codeFileChanged || e.Code == codeFileMissing)
}

// stamps are those of a case's VCF and its index.
type stamps struct{ vcf, index stamp }

func (s stamps) same(o stamps) bool { return s.vcf.same(o.vcf) && s.index.same(o.index) }

// checkFiles refuses files that are not the ones the case was added with, before
// anything of them is used. Files that have the size and the time they had when
// they were read are taken for the same; others are read again to the last byte.
func (l *lab) checkFiles(ctx context.Context, c review.Case) (review.SourceFile, stamps, error) {
	src, at, err := l.caseFiles(c)
	if err != nil {
		return src, at, err
	}
	if err := l.checkReference(ctx, src); err != nil {
		return src, at, err
	}
	for _, f := range [][2]string{{src.Path, src.SHA256}, {src.Index, src.IndexHash}} {
		path, want := f[0], f[1]
		got, err := l.sums.of(ctx, path)
		switch {
		case ctx.Err() != nil:
			return src, at, ctx.Err()
		case err != nil:
			return src, at, missingFile(c.ID, path, err)
		case got != want:
			return src, at, changedFile(path, nil)
		}
	}
	return src, at, nil
}

// checkReference refuses a reference sequence that is not the one a case's keys
// rest on: with another one the same alleles may have other keys.
func (l *lab) checkReference(ctx context.Context, src review.SourceFile) error {
	if src.Reference == "" {
		return nil
	}
	got, err := l.sums.of(ctx, src.Reference)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		return &review.InputError{
			Code: codeFileMissing, File: src.Reference, What: "the reference sequence that the case's keys rest on cannot be read",
			Remedy: "Put it back where it was, with its index. " + stillWorks, Err: err,
		}
	case got != src.ReferenceID:
		return &review.InputError{
			Code: codeFileChanged, File: src.Reference, What: "this is not the reference sequence that the case was added with, to the last byte",
			Remedy: "Put it back as it was, or add a new case. " + stillWorks,
		}
	}
	return nil
}

// caseFiles finds a case's VCF and index, without looking into them.
func (l *lab) caseFiles(c review.Case) (review.SourceFile, stamps, error) {
	src, ok := c.VCF()
	if !ok {
		return src, stamps{}, &review.InputError{Code: "no_vcf", What: "case " + string(c.ID) + " has no VCF", Remedy: "Attach one."}
	}
	at, err := filesNow(c.ID, src)
	return src, at, err
}

func filesNow(id review.CaseID, src review.SourceFile) (at stamps, err error) {
	if at.vcf, err = stampOf(src.Path); err != nil {
		return at, missingFile(id, src.Path, err)
	}
	if at.index, err = stampOf(src.Index); err != nil {
		return at, missingFile(id, src.Index, err)
	}
	return at, nil
}

// judge turns the error of work on a case's files into one that says what became
// of them, when they are no longer what they were.
func judge(id review.CaseID, src review.SourceFile, was stamps, err error) error {
	if err == nil || errors.Is(err, context.Canceled) {
		return err
	}
	now, gone := filesNow(id, src)
	switch {
	case gone != nil:
		return gone
	case !now.vcf.same(was.vcf):
		return changedFile(src.Path, err)
	case !now.index.same(was.index):
		return changedFile(src.Index, err)
	}
	if e, ok := errors.AsType[*review.InputError](err); ok && e.Code == bgz.CodeChanged {
		return changedFile(src.Path, err)
	}
	return err
}

// openVCF reads a VCF's header. Handles are opened for each look-up and closed
// after it, so that nobody is kept from moving the file while it is on the
// screen.
func openVCF(src review.SourceFile, a genome.Assembly) (*vcf.Records, error) {
	f, err := vcf.OpenRecords(src.Path)
	if err != nil {
		return nil, err
	}
	f.SetAssembly(a)
	if src.Reference != "" {
		if err := f.OpenReference(src.Reference, src.ReferenceID); err != nil {
			return nil, errors.Join(err, f.Close())
		}
	}
	return f, f.Close()
}
