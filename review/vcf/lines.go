package vcf

import (
	"bufio"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"garrod/review"
	"garrod/review/bgz"
)

// eachLine gives the lines of a file to fn, whether it is BGZF, plain gzip or
// text, and tells which it is. meter counts bytes of a BGZF file. line is valid
// until fn returns.
func eachLine(ctx context.Context, path string, meter *review.Meter, fn func(line []byte) error) (bgz.Kind, error) {
	kind, err := bgz.Sniff(path)
	if err != nil {
		return kind, err
	}
	if kind == bgz.KindText || kind == bgz.KindGzip {
		return kind, plainLines(ctx, path, kind == bgz.KindGzip, fn)
	}
	_, err = bgz.Lines(ctx, path, meter, func(line []byte, _ bgz.Offset) error { return fn(line) })
	return kind, err
}

// plainLines reads a file that is not BGZF.
func plainLines(ctx context.Context, path string, zipped bool, fn func([]byte) error) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("open %s: %w", filepath.Base(path), err)
	}
	defer f.Close()
	var in io.Reader = f
	if zipped {
		z, err := gzip.NewReader(f)
		if err != nil {
			return unreadable(path, 1, err)
		}
		in = z
	}
	s := bufio.NewScanner(in)
	s.Buffer(make([]byte, 1<<16), bgz.MaxLine)
	n := 0
	for ; s.Scan(); n++ {
		if n%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if err := fn(s.Bytes()); err != nil {
			return err
		}
	}
	if s.Err() != nil {
		return unreadable(path, n+1, s.Err())
	}
	return nil
}

func unreadable(path string, line int, err error) error {
	e := &review.InputError{
		Code: bgz.CodeCorrupt, File: filepath.Base(path), Line: line, What: "cannot be read to its end",
		Remedy: "Copy the file again from where it was made and compare its size and checksum", Err: err,
	}
	if errors.Is(err, bufio.ErrTooLong) {
		e.Code, e.Remedy = bgz.CodeLineTooLong, "Check that the file is a VCF"
		e.What = fmt.Sprintf("has a line of more than %d bytes", bgz.MaxLine)
	}
	return e
}
