package vcf

import (
	"context"
	"sync"

	"garrod/review/bgz"
	"garrod/review/genome"
)

// Records is an open VCF whose index is read when it is first needed: to read a
// genome's takes as long as to look at some hundreds of its records. Its methods
// may be called from several goroutines.
type Records struct {
	file *File // without index

	mu      sync.Mutex
	indexed *File
}

// OpenRecords reads the header of the bgzipped VCF at path.
func OpenRecords(path string) (*Records, error) {
	header, err := readHeader(context.Background(), path)
	if err != nil {
		return nil, err
	}
	return &Records{file: newFile(path, header)}, nil
}

// Records returns the file for those who ask for records by their places.
func (f *File) Records() *Records { return &Records{file: f, indexed: f} }

// Path returns the path the file was opened by.
func (r *Records) Path() string { return r.file.path }

// SetAssembly declares the assembly of the file's positions. Call it before any
// record is read.
func (r *Records) SetAssembly(a genome.Assembly) { r.file.SetAssembly(a) }

// OpenReference sets the reference, see File.OpenReference. Call it before any
// record is read.
func (r *Records) OpenReference(path, id string) error { return r.file.OpenReference(path, id) }

// Fetch gives fn the records that start at the offsets, see File.Fetch.
func (r *Records) Fetch(ctx context.Context, at []bgz.Offset, fn func(i int, rec *Record) error) error {
	return r.file.Fetch(ctx, at, fn)
}

// WithIndex returns the file with its index, which is read now if it was not
// before.
func (r *Records) WithIndex(ctx context.Context) (*File, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.indexed == nil {
		x, err := bgz.OpenIndex(ctx, r.file.path)
		if err != nil {
			return nil, err
		}
		r.indexed = &File{path: r.file.path, src: r.file.src, index: x, open: r.file.open}
	}
	return r.indexed, nil
}

// Close closes the handles that are not in use; those in use, and those opened
// later, are closed when their look-up ends.
func (r *Records) Close() error { return r.file.Close() }
