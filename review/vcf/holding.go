package vcf

import (
	"bytes"
	"context"

	"garrod/review"
	"garrod/review/bgz"
)

// Holding gives fn, in file order, the good records whose line holds each of the
// words as it stands. It reads the whole file on several goroutines and makes
// records of few of its lines. meter counts bytes of the file.
func (f *File) Holding(ctx context.Context, words []string, meter *review.Meter, fn func(*Record) error) error {
	type found struct {
		line string
		at   bgz.Offset
	}
	_, err := bgz.Scan(ctx, f.path, meter, bgz.Workers(), func(_ int, b *bgz.Batch) (hits []found, _ error) {
		for from := 0; from < len(b.Data) && holds(b.Data[from:], words); {
			end := len(b.Data)
			if i := bytes.IndexByte(b.Data[from:], '\n'); i >= 0 {
				end = from + i
			}
			if line := b.Data[from:end]; len(line) > 0 && line[0] != '#' && holds(line, words) {
				hits = append(hits, found{string(line), b.Offset(from)})
			}
			from = end + 1
		}
		return hits, nil
	}, func(hits []found) error {
		for _, h := range hits {
			r, fault := parseRecord(f.src, h.line)
			if fault != nil {
				continue // counted when the case was added
			}
			r.Offset = h.at
			if err := fn(r); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		err = f.src.failure()
	}
	return err
}

func holds(text []byte, words []string) bool {
	for _, w := range words {
		if !bytes.Contains(text, []byte(w)) {
			return false
		}
	}
	return true
}
