package large

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strconv"
)

// Save writes the file to path. A VCF is compressed by the program bgzip and
// indexed by tabix, beside it; the other kinds are plain text. What is at path
// stays as it was when Save fails.
func (f File) Save(ctx context.Context, path string) error {
	part := path + ".part"
	err := f.save(ctx, part)
	if err != nil {
		return errors.Join(fmt.Errorf("make %s: %w", path, err), ignoreMissing(os.Remove(part)))
	}
	if err := os.Rename(part, path); err != nil {
		return err
	}
	if f.isVCF() {
		return run(exec.CommandContext(ctx, "tabix", "-f", "-p", "vcf", path))
	}
	return nil
}

func ignoreMissing(err error) error {
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return err
}

func (f File) isVCF() bool { return f.Kind == Trio || f.Kind == Exome }

func (f File) save(ctx context.Context, path string) error {
	if f.isVCF() {
		for _, p := range []string{"bgzip", "tabix"} {
			if _, err := exec.LookPath(p); err != nil {
				return fmt.Errorf("the program %s is not there: install Debian's package tabix, or htslib elsewhere", p)
			}
		}
	}
	out, err := os.Create(path)
	if err != nil {
		return err
	}
	if f.isVCF() {
		err = f.compress(ctx, out)
	} else {
		err = f.Write(out)
	}
	return errors.Join(err, out.Close())
}

// compress sends the text through bgzip.
func (f File) compress(ctx context.Context, out io.Writer) error {
	cmd := exec.CommandContext(ctx, "bgzip", "-c", "-@", strconv.Itoa(runtime.NumCPU()))
	text, end := io.Pipe()
	cmd.Stdin, cmd.Stdout = text, out
	written := make(chan error, 1)
	go func() {
		err := f.Write(end)
		written <- errors.Join(err, end.CloseWithError(err))
	}()
	err := run(cmd)
	err = errors.Join(err, text.Close()) // ends a Write that nobody reads any more
	if werr := <-written; !errors.Is(werr, io.ErrClosedPipe) {
		err = errors.Join(werr, err)
	}
	return err
}

// run runs a program; its own words are in the error.
func run(cmd *exec.Cmd) error {
	var said tail
	cmd.Stderr = &said
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s: %w: %s", cmd.Args[0], err, said)
	}
	return nil
}

// tail keeps the first kilobyte of what a program says.
type tail []byte

func (t *tail) Write(p []byte) (int, error) {
	*t = append(*t, p[:min(len(p), max(0, 1024-len(*t)))]...)
	return len(p), nil
}
