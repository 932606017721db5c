package vcf

import (
	"context"
	"fmt"
	"path/filepath"
	"sort"

	"garrod/review"
	"garrod/review/bgz"
)

// Report is what Check says of a file.
type Report struct {
	Opened   bool      `json:"opened"`  // the header could be read
	Records  int64     `json:"records"` // good data lines
	Bad      int64     `json:"bad"`     // data lines that cannot be read
	Warnings []Warning `json:"warnings"`
}

// MaxWarnings bounds the different warnings that a Report lists; one more tells
// that there were others.
const MaxWarnings = 1000

// Check reads the VCF at path to its end and lists what is wrong with it: bad
// records, and faults that do not keep a record from being read. It needs no
// index and no samples, and takes plain text and plain gzip besides BGZF. A
// warning that repeats is listed once, with the number of records. A file that
// cannot be read to its end is an *review.InputError; what was found until then
// is returned with it. meter counts bytes of a BGZF file.
func Check(ctx context.Context, path string, meter *review.Meter) (Report, error) {
	c := checker{path: path, head: newHeaderReader(filepath.Base(path)), warned: map[string]*warned{}, use: map[string]bool{}}
	err := c.read(ctx, meter)
	if err == nil && !c.head.done {
		err = c.head.bad("#CHROM", "the header has no column line (#CHROM POS ID REF ALT …)")
	}
	return c.report(), err
}

// warned is a warning and how many records it was given for.
type warned struct {
	Warning
	times int
}

type checker struct {
	path    string
	head    *headerReader
	scan    *scanner
	val     *validator
	warned  map[string]*warned
	dropped int
	lines   int64
	use     map[string]bool // annotation fields that a record has
}

func (c *checker) read(ctx context.Context, meter *review.Meter) error {
	kind, err := eachLine(ctx, c.path, meter, func(line []byte) error { return c.line(line, 0) }, func() {
		c.warn(c.lines, "file", "the last line has no line feed: check that the file is whole")
	})
	if kind == bgz.KindGzip {
		c.warn(0, "file", "is plain gzip, which cannot be indexed: re-compress it with bgzip")
	}
	return err
}

func (c *checker) line(line []byte, at bgz.Offset) error {
	c.lines++
	if c.scan != nil {
		return c.scan.line(line, at)
	}
	if err := c.head.line(line); err != nil {
		return err
	}
	if c.head.done {
		src := &source{file: filepath.Base(c.path), header: &c.head.h, fields: newFieldMap(&c.head.h)}
		c.val = newValidator(&c.head.h, c.warn)
		c.val.header()
		c.scan = &scanner{src: src, lines: int64(c.head.h.lines), tally: Tally{Contigs: map[string]int64{}}, fn: c.record}
	}
	return nil
}

func (c *checker) record(r *Record) error {
	c.val.record(r)
	for _, l := range r.src.header.Layouts {
		if _, has := r.Info(l.Field); has {
			c.use[l.Field] = true
		}
	}
	return nil
}

// promises tells of annotations that the header describes and no record has.
func (c *checker) promises() {
	if c.scan == nil || c.scan.tally.Records == 0 {
		return
	}
	for _, m := range c.head.h.metas {
		for _, l := range c.head.h.Layouts {
			if m.Key == "INFO" && m.get("ID") == l.Field && !c.use[l.Field] {
				c.warn(int64(m.line), l.Field, "the header describes "+sourceNames[l.Source]+
					", and no record has it: check the step that annotated the file")
			}
		}
	}
}

// warn lists a warning once and counts its repeats.
func (c *checker) warn(line int64, field, message string) {
	key := field + "\x00" + message
	if w, ok := c.warned[key]; ok {
		w.times++
		return
	}
	if len(c.warned) >= MaxWarnings {
		c.dropped++
		return
	}
	c.warned[key] = &warned{Warning{int(line), field, message}, 1}
}

func (c *checker) report() Report {
	c.promises()
	r := Report{Opened: c.head.done, Warnings: append([]Warning{}, c.head.h.Warnings...)}
	if c.scan != nil {
		r.Records, r.Bad = c.scan.tally.Records, c.scan.tally.BadTotal
		for _, b := range c.scan.tally.Bad {
			r.Warnings = append(r.Warnings, Warning{b.Line, b.Field, "the record cannot be read: " + b.What})
		}
	}
	for _, w := range c.warned {
		if w.times > 1 {
			w.Message += fmt.Sprintf(" (%d records)", w.times)
		}
		r.Warnings = append(r.Warnings, w.Warning)
	}
	sort.SliceStable(r.Warnings, func(i, j int) bool {
		a, b := r.Warnings[i], r.Warnings[j]
		if a.Line != b.Line {
			return a.Line < b.Line
		}
		return a.Field+a.Message < b.Field+b.Message
	})
	if c.dropped > 0 {
		r.Warnings = append(r.Warnings, Warning{0, "file", fmt.Sprintf("%d more warnings of other kinds are not listed", c.dropped)})
	}
	return r
}
