package bgz

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"garrod/review"

	"github.com/biogo/hts/bgzf"
	"github.com/biogo/hts/bgzf/index"
	"github.com/biogo/hts/csi"
	"github.com/biogo/hts/tabix"
)

// Index is a tabix or CSI index. It is read once and may be used by several
// Readers at the same time.
type Index struct {
	// Path is the index file; SHA256 its hash on disk, in hexadecimal.
	Path   string
	SHA256 string
	// Kind is "tbi" or "csi".
	Kind string

	names []string
	ids   map[string]int
	max   int64  // positions above it cannot be in the index
	end   Offset // the largest offset in it
	tbi   *tabix.Index
	csi   *csi.Index
}

// FindIndex returns the index that lies beside the file at path: FILE.tbi,
// FILE.csi, or the same with FILE's last extension taken off. The error's
// remedy names the command that makes one.
func FindIndex(path string) (string, error) {
	if found := besides(path); found != nil {
		return found[0], nil
	}
	return "", bad(path, CodeIndexMissing, fmt.Sprintf("Make the index beside the file: tabix -p vcf %s (a file that tabix calls unsorted goes through bcftools sort first)", path),
		"has no index (neither %s.tbi nor .csi lies beside it)", filepath.Base(path))
}

// besides lists the indexes that lie beside the file at path, the one to be used
// first.
func besides(path string) (found []string) {
	stem := strings.TrimSuffix(path, filepath.Ext(path))
	for _, p := range []string{path + ".tbi", path + ".csi", stem + ".tbi", stem + ".csi"} {
		if st, err := os.Stat(p); err == nil && st.Mode().IsRegular() {
			found = append(found, p)
		}
	}
	return found
}

// OpenIndex finds and reads the index of the file at path. An index that cannot
// be read is not passed over for another beside it, for that one may be of an
// older state of the file; the error tells of it.
func OpenIndex(ctx context.Context, path string) (*Index, error) {
	p, err := FindIndex(path)
	if err != nil {
		return nil, err
	}
	x, err := ReadIndex(ctx, p)
	broken, ok := errors.AsType[*review.InputError](err)
	if !ok || broken.Code != CodeIndexBroken {
		return x, err
	}
	broken.Remedy = makeIndexAgain(path)
	if errors.Is(err, errNoReach) {
		broken.Remedy = fmt.Sprintf("Make a CSI index in its place: remove %s, then tabix -C -p vcf %s", filepath.Base(p), path)
	}
	for _, other := range besides(path)[1:] {
		if _, err := ReadIndex(ctx, other); err == nil {
			broken.What += fmt.Sprintf("; %s beside it can be read, but is not used in its place", filepath.Base(other))
			broken.Remedy += fmt.Sprintf(". Or, if %s was made for the file as it is now, take %s away", filepath.Base(other), filepath.Base(p))
			break
		}
	}
	return nil, broken
}

// ReadIndex reads the index at path. The index of a file without records holds
// no contig and finds nothing. One that is not BGZF, cut, damaged or of another
// structure is an *review.InputError with CodeIndexBroken.
func ReadIndex(ctx context.Context, path string) (*Index, error) {
	var content bytes.Buffer
	sum, err := Walk(ctx, path, nil, func(b Block) error {
		content.Write(b.Data)
		return nil
	})
	// Some writers leave the end-of-file block out of an index; the structure
	// tells whether it is complete.
	if bad, ok := errors.AsType[*review.InputError](err); err != nil && (!ok || bad.Code != CodeNoEOF) {
		return nil, brokenIndex(path, err)
	}
	x := &Index{Path: path, SHA256: sum.SHA256, ids: map[string]int{}}
	if err := x.parse(content.Bytes()); err != nil {
		broken := bad(path, CodeIndexBroken, remakeRemedy(path), "the index is unreadable (%v)", err)
		broken.Err = err
		return nil, broken
	}
	for i, n := range x.names {
		x.ids[n] = i
	}
	return x, nil
}

// brokenIndex words what the walk says of any file as said of an index: the
// remedies of a VCF would mislead.
func brokenIndex(path string, err error) error {
	found, ok := errors.AsType[*review.InputError](err)
	if !ok || found.Code == CodeUnreadable {
		return err
	}
	e := bad(path, CodeIndexBroken, remakeRemedy(path), "the index is unreadable (%s)", found.What)
	e.Err = err
	return e
}

func makeIndexAgain(file string) string { return "Make the index again: tabix -f -p vcf " + file }

// remakeRemedy takes the index for one named FILE.tbi or FILE.csi.
func remakeRemedy(path string) string {
	return makeIndexAgain(strings.TrimSuffix(strings.TrimSuffix(path, ".tbi"), ".csi"))
}

// parse checks the structure first: the library allocates what the file claims.
func (x *Index) parse(b []byte) error {
	switch {
	case bytes.HasPrefix(b, []byte("TBI\x01")):
		return x.parseTBI(b)
	case bytes.HasPrefix(b, []byte("CSI\x01")):
		return x.parseCSI(b)
	}
	return errors.New("neither tabix nor CSI")
}

func (x *Index) parseTBI(b []byte) error {
	s, err := checkTBI(b)
	if err != nil {
		return err
	}
	x.Kind, x.names, x.end, x.max = "tbi", s.names, s.end, maxTBI
	// ReadFrom answers nil, nil for the index of a file without records.
	x.tbi, err = tabix.ReadFrom(bytes.NewReader(b))
	if err == nil && len(x.names) > 0 {
		// The library sorts at the first look-up: it must not be that of two
		// readers at the same time. What it finds does not matter here.
		_, _ = x.tbi.Chunks(x.names[0], 0, 1)
	}
	return err
}

func (x *Index) parseCSI(b []byte) error {
	s, err := checkCSI(b)
	if err != nil {
		return err
	}
	x.Kind, x.names, x.end, x.max = "csi", s.names, s.end, s.max
	x.csi, err = csi.ReadFrom(bytes.NewReader(b))
	return err
}

// Names returns the contigs that have records, as the file writes them.
func (x *Index) Names() []string { return append([]string(nil), x.names...) }

// Has reports whether contig is in the index. A contig that the header declares
// and that has no records is not; that is no error.
func (x *Index) Has(contig string) bool {
	_, ok := x.ids[contig]
	return ok
}

// End returns the largest virtual offset the index points to. Its Block lies
// within the file the index was made for.
func (x *Index) End() Offset { return x.end }

// Reach returns the last position (1-based) that the index can hold: 512 Mbp for
// tabix, more for CSI. Records behind it are not found, so a contig that is longer
// needs a CSI index.
func (x *Index) Reach() int64 { return x.max }

// Records returns the number of records of contig (as the file writes it) that
// the index counted. ok is false when the index holds no counts; a contig that
// is not in it has none.
func (x *Index) Records(contig string) (n int64, ok bool) {
	id, known := x.ids[contig]
	if !known {
		return 0, true
	}
	var s index.ReferenceStats
	if x.tbi != nil {
		s, ok = x.tbi.ReferenceStats(id)
	} else if x.csi != nil {
		s, ok = x.csi.ReferenceStats(id)
	}
	return int64(s.Mapped + s.Unmapped), ok
}

// Chunk is a stretch of the file, from the first byte of Begin up to End.
type Chunk struct{ Begin, End Offset }

// Chunks returns where records of contig (as the file writes it) that overlap
// first to last (1-based, closed) may lie. Nothing is found, without an error,
// on a contig without records and right of the last one: whether the contig's
// name is known at all is for the caller to hold against the header.
func (x *Index) Chunks(contig string, first, last int64) ([]Chunk, error) {
	id, ok := x.ids[contig]
	// POS 0 (a telomere) is indexed with the first base.
	begin, end := max(first-1, 0), min(max(last, 1), x.max)
	if !ok || begin >= end || last < first {
		return nil, nil
	}
	var found []bgzf.Chunk
	var err error
	if x.tbi != nil {
		found, err = x.tbi.Chunks(contig, int(begin), int(end))
	} else {
		found = x.csi.Chunks(id, int(begin), int(end))
	}
	if errors.Is(err, index.ErrInvalid) || errors.Is(err, index.ErrNoReference) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("look up %s:%d-%d in %s: %w", contig, first, last, filepath.Base(x.Path), err)
	}
	chunks := make([]Chunk, len(found))
	for i, c := range found {
		chunks[i] = Chunk{offsetOf(c.Begin.File, int(c.Begin.Block)), offsetOf(c.End.File, int(c.End.Block))}
	}
	return chunks, nil
}
