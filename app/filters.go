package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"garrod/review"
	"garrod/review/triage"
)

// maxBEDFile bounds a BED file that a filter takes in, in bytes: a whole exome
// has about 10 MB.
const maxBEDFile = 64 << 20

// shippedFilters are the filters that come with the program, the default first.
func shippedFilters() []triage.Filter {
	return []triage.Filter{triage.Default(), triage.Wide(), triage.AllVariants()}
}

func isShippedFilter(name string) bool {
	return slices.ContainsFunc(shippedFilters(), func(f triage.Filter) bool { return f.Name == name })
}

// Filters lists the filters: the default, those that come with the program, and
// the newest version of each saved one.
func (l *lab) Filters(ctx context.Context) ([]triage.Filter, error) {
	out := shippedFilters()
	saved, err := l.storedFilters(ctx, false)
	if err != nil {
		return nil, err
	}
	for _, s := range saved {
		f, err := readStored(s)
		if err != nil {
			return nil, err
		}
		out = append(out, f)
	}
	return out, nil
}

// storedFilters lists the saved filters by name, the newest version of each or
// all of them.
func (l *lab) storedFilters(ctx context.Context, all bool) (out []review.StoredFilter, err error) {
	var saved []review.StoredFilter
	err = l.view(ctx, func(tx review.Tx) (err error) { saved, err = tx.Filters(); return err })
	for _, s := range saved { // by name and version
		if n := len(out); !all && n > 0 && out[n-1].Name == s.Name {
			out[n-1] = s
			continue
		}
		out = append(out, s)
	}
	return out, err
}

func readStored(s review.StoredFilter) (triage.Filter, error) {
	f, err := triage.ParseFilter(s.Content)
	if err != nil {
		return f, fmt.Errorf("read saved filter %s, version %d: %w", s.Name, s.Version, err)
	}
	f.Name, f.Version = s.Name, s.Version
	return f, nil
}

// filter finds a filter by NAME (its newest version) or NAME@VERSION, or reads
// it from a file; empty is the default.
func (l *lab) filter(ctx context.Context, text string) (triage.Filter, error) {
	if text == "" {
		return triage.Default(), nil
	}
	name, version := splitVersion(text)
	for _, f := range shippedFilters() {
		if f.Name == name && (version == 0 || version == f.Version) {
			return f, nil
		}
	}
	stored, err := l.storedFilter(ctx, name, version)
	if err == nil {
		return readStored(stored)
	}
	if !errors.Is(err, review.ErrNotFound) {
		return triage.Filter{}, err
	}
	if _, err := os.Stat(text); err != nil {
		return triage.Filter{}, &review.InputError{
			Code: "filter_file", File: text, What: "there is no saved filter of this name and version, and no such file",
			Remedy: "See garrod filter list --all, or give the path of a filter file.", Err: err,
		}
	}
	return readFilterFile(text)
}

func (l *lab) storedFilter(ctx context.Context, name string, version int) (s review.StoredFilter, err error) {
	err = l.view(ctx, func(tx review.Tx) error { s, err = tx.FindFilter(name, version); return err })
	return s, err
}

// splitVersion cuts "rare@3" into its name and version; version is 0 where the
// text names none.
func splitVersion(text string) (name string, version int) {
	i := strings.LastIndexByte(text, '@')
	if i <= 0 {
		return text, 0
	}
	n, err := strconv.Atoi(text[i+1:])
	if err != nil || n < 1 {
		return text, 0
	}
	return text[:i], n
}

// saveFilter stores a filter as the next version of its name.
func (l *lab) saveFilter(ctx context.Context, f triage.Filter, lock *bool, reason string) (review.StoredFilter, review.Change, error) {
	f.Name = strings.TrimSpace(f.Name)
	switch {
	case isShippedFilter(f.Name):
		return review.StoredFilter{}, review.Change{}, &review.PolicyError{
			Code: "shipped_filter", What: fmt.Sprintf("filter %q comes with the program", f.Name),
			Remedy: "Give the filter another name.",
		}
	case strings.ContainsAny(f.Name, "@/\\"):
		return review.StoredFilter{}, review.Change{}, &review.InputError{
			Code: "filter_name", Field: "name", What: "holds @, / or \\, which tell versions and files from names",
			Remedy: "Give the filter a name without them.",
		}
	}
	if err := f.Validate(); err != nil {
		return review.StoredFilter{}, review.Change{}, err
	}
	content, err := f.Content()
	if err != nil {
		return review.StoredFilter{}, review.Change{}, err
	}
	return l.desk().SaveFilter(ctx, review.FilterChange{Name: f.Name, Content: content, Lock: lock, Reason: reason})
}

// SaveFilter stores a filter as the next version of its name, open or as locked
// as the version before.
func (l *lab) SaveFilter(ctx context.Context, f triage.Filter, reason string) (triage.Filter, error) {
	s, _, err := l.saveFilter(ctx, f, nil, reason)
	if err != nil {
		return f, err
	}
	return readStored(s)
}

// readFilterFile reads a filter from a file, and the BED file that it names,
// whose path is relative to the filter's.
func readFilterFile(path string) (triage.Filter, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return triage.Filter{}, &review.InputError{
			Code: "filter_file", File: path, What: "the file cannot be read",
			Remedy: "Check the path of the filter file.", Err: err,
		}
	}
	f, err := triage.ParseFilter(b)
	if err != nil {
		if e, ok := errors.AsType[*review.InputError](err); ok {
			located := *e
			located.File = path
			return f, &located
		}
		return f, err
	}
	if f.Region == nil || f.Region.File == "" {
		return f, nil
	}
	return f, readRegion(&f, filepath.Dir(path))
}

// readRegion puts the ranges of a BED file in the place of its name.
func readRegion(f *triage.Filter, dir string) error {
	q := *f.Region
	path := q.File
	if !filepath.IsAbs(path) {
		path = filepath.Join(dir, path)
	}
	trouble := func(what string, err error) error {
		return &review.InputError{Code: "bed_file", File: path, Field: "region.file", What: what, Remedy: "Name an unpacked BED file of ranges.", Err: err}
	}
	if len(q.Ranges) > 0 {
		return trouble("the filter has ranges of its own beside the file", nil)
	}
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return trouble("the file cannot be read", err)
	case info.Size() > maxBEDFile:
		return trouble(fmt.Sprintf("the file has more than %d bytes", maxBEDFile), nil)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return trouble("the file cannot be read", err)
	}
	r, err := triage.ReadBED(filepath.Base(path), b, q.Assembly)
	if err != nil {
		return err
	}
	r.Exclude = q.Exclude
	f.Region = &r
	return f.Validate()
}

// useFilter notes which filter the worklist of a case is looked at with. It
// answers 0 where it is the one used last.
func (l *lab) useFilter(ctx context.Context, w *triage.Worklist) (hash string, seq int64, err error) {
	if hash, err = w.Filter.Hash(); err != nil {
		return "", 0, err
	}
	seq, err = l.desk().UseFilter(ctx, w.Case, review.FilterUse{
		Filter: w.Filter.Name, Version: w.Filter.Version, SHA256: hash,
		Alleles: w.Variants, Listed: int64(len(w.List)) + w.NotHeld, Rescued: int64(len(w.Rescue)),
	})
	return hash, seq, err
}

// filterInUse returns the filter that the person at work looked at a case with
// last, the default where there is none. remark says so where the one used last
// was never saved, so that nobody can count with it again.
func (l *lab) filterInUse(ctx context.Context, id review.CaseID) (f triage.Filter, remark string, err error) {
	use, err := l.desk().LastFilter(ctx, id)
	if errors.Is(err, review.ErrNotFound) {
		return triage.Default(), "", nil
	}
	if err != nil {
		return f, "", err
	}
	if f, err = l.filter(ctx, fmt.Sprintf("%s@%d", use.Filter, use.Version)); err == nil {
		if hash, err := f.Hash(); err != nil || hash == use.SHA256 {
			return f, "", err
		}
	}
	return triage.Default(), fmt.Sprintf(" (the list was looked at last with a filter that is not saved, %q)", use.Filter), nil
}

// stampWorklist notes the use of the filter and puts it in the document.
func (l *lab) stampWorklist(ctx context.Context, d *worklistDoc, w *triage.Worklist) error {
	hash, seq, err := l.useFilter(ctx, w)
	if err != nil {
		return err
	}
	c, err := l.Case(ctx, w.Case)
	if err != nil {
		return err
	}
	d.Hash, d.Revision = hash, c.Revision
	if seq > 0 {
		d.AuditSeq = &seq
	}
	return nil
}
