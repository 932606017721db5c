package vcf

import (
	"context"

	"garrod/review"
	"garrod/review/bgz"
)

// Fetch gives fn the record that starts at each of the offsets, with the number
// of its offset in at, in the order of the file. The offsets are those of a pass
// over the file as it was. Where no record starts at one of them the file has
// changed, which is an *review.InputError with bgz.CodeChanged. Whether a record
// is the one that was there is for the caller to tell.
func (f *File) Fetch(ctx context.Context, at []bgz.Offset, fn func(i int, r *Record) error) error {
	reader, err := f.acquire()
	if err != nil {
		return err
	}
	err = reader.Fetch(ctx, at, func(i int, line []byte) error {
		r, fault := parseRecord(f.src, string(line))
		if fault != nil {
			return &review.InputError{
				Code: bgz.CodeChanged, File: f.src.file, What: "has changed since its records were counted: where one started there is none now",
				Remedy: "Put the file back as it was", Err: fault.inputError(f.src.file, 0, 0),
			}
		}
		r.Offset = at[i]
		return fn(i, r)
	})
	f.release(reader, err)
	if err == nil {
		err = f.src.failure()
	}
	return err
}

// Samples lists the people whose calls the columns of a case hold, out of the
// samples of its file.
func (r Request) Samples(inFile []string) []string {
	return r.columns(&Header{Samples: inFile}).Samples
}
