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
// until fn returns. open, which may be nil, is called at the end of a file whose
// last line has no line feed.
func eachLine(ctx context.Context, path string, meter *review.Meter, fn func(line []byte) error, open func()) (bgz.Kind, error) {
	kind, err := bgz.Sniff(path)
	if err != nil {
		return kind, err
	}
	if kind == bgz.KindText || kind == bgz.KindGzip {
		err := plainLines(ctx, path, kind == bgz.KindGzip, fn)
		if errors.Is(err, errNoNewline) {
			err = nil
			if open != nil {
				open()
			}
		}
		return kind, err
	}
	read := int64(0)
	sum, err := bgz.Lines(ctx, path, meter, func(line []byte, _ bgz.Offset) error {
		read += int64(len(line)) + 1
		return fn(line)
	})
	if err == nil && read > sum.Inflated && open != nil {
		open()
	}
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
	r := bufio.NewReaderSize(in, 1<<16)
	for n := 1; ; n++ {
		if n%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		line, whole, err := readLine(r)
		if err != nil {
			return unreadable(path, n, err)
		}
		if len(line) > 0 || whole {
			if err := fn(line); err != nil {
				return err
			}
		}
		if !whole {
			return unterminated(len(line))
		}
	}
}

// errNoNewline says that the last line of a file has no line feed.
var errNoNewline = errors.New("no line feed at the end")

func unterminated(left int) error {
	if left > 0 {
		return errNoNewline
	}
	return nil
}

var errTooLong = errors.New("line too long")

// readLine returns a line without its line feed; whole is false where the file
// ends before one.
func readLine(r *bufio.Reader) (line []byte, whole bool, err error) {
	for {
		part, err := r.ReadSlice('\n')
		if err == nil && line == nil {
			return part[:len(part)-1], true, nil
		}
		if len(line)+len(part) > bgz.MaxLine {
			return nil, false, errTooLong
		}
		line = append(line, part...)
		switch {
		case err == nil:
			return line[:len(line)-1], true, nil
		case errors.Is(err, io.EOF):
			return line, false, nil
		case !errors.Is(err, bufio.ErrBufferFull):
			return nil, false, err
		}
	}
}

func unreadable(path string, line int, err error) error {
	e := &review.InputError{
		Code: bgz.CodeCorrupt, File: filepath.Base(path), Line: line, What: "cannot be read to its end",
		Remedy: "Copy the file again from where it was made and compare its size and checksum", Err: err,
	}
	if errors.Is(err, errTooLong) {
		e.Code, e.Remedy = bgz.CodeLineTooLong, "Check that the file is a VCF"
		e.What = fmt.Sprintf("has a line of more than %d bytes", bgz.MaxLine)
	}
	return e
}
