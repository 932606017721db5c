package vcf

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"garrod/review"
	"garrod/review/bgz"
	"garrod/review/genome"
)

// Reference gives the sequence that positions refer to. It is asked by one
// goroutine at a time.
type Reference interface {
	// Bases returns the bases first … last (1-based, both inside) of contig, as
	// the reference names it, in upper case. A contig or base that it does not
	// have is an *review.InputError with bgz.CodeContig or bgz.CodeBases, or gives
	// fewer bases. Any other error means that the reference cannot be read.
	Bases(ctx context.Context, contig string, first, last int64) ([]byte, error)
}

// lister is a Reference that knows the lengths of its contigs.
type lister interface{ Contigs() []bgz.FastaContig }

// CodeReference is the code of a reference that does not fit the file.
const CodeReference = "reference_mismatch"

// CodeRefMismatch is the code of a record whose REF contradicts the reference.
const CodeRefMismatch = "ref_mismatch"

// SetReference sets the sequence that REF is held against and alleles are
// left-aligned to. Call it before any record is read. A reference whose
// chromosomes have the lengths of another assembly than those of the header is
// refused. Contigs that it does not have are left as they are, their indels
// trimmed only.
func (f *File) SetReference(ref Reference) error {
	s, err := newSequence(f.src.file, f.src.header, ref)
	if err != nil {
		return err
	}
	f.src.sequence = s
	return nil
}

// chunkBases is how much of the reference is read at a time: some records of a
// genome fall into one chunk.
const chunkBases = 1 << 14

type chunk struct {
	contig string // as the file writes it
	number int64  // the chunk starts behind base number*chunkBases
	bases  []byte
}

// sequence is a Reference under the names of one file, with the chunks that were
// read last. Several goroutines may use it.
type sequence struct {
	mu      sync.Mutex // of ref
	ref     Reference
	lengths map[string]int64 // by name, nil where the reference does not tell

	names sync.Map // contig of the file -> name in the reference, "" for none
	slots [64]atomic.Pointer[chunk]
	err   atomic.Pointer[error] // the first failure to read
	h     *Header
}

func newSequence(file string, h *Header, ref Reference) (*sequence, error) {
	s := &sequence{ref: ref, h: h}
	if l, ok := ref.(lister); ok {
		s.lengths = map[string]int64{}
		for _, c := range l.Contigs() {
			s.lengths[c.Name] = c.Length
		}
	}
	declared, _, _ := genome.InferAssembly(h.Contigs)
	if declared == genome.AssemblyUnknown {
		return s, nil
	}
	for _, c := range h.Contigs {
		other, n := otherAssembly(declared, h.Canonical(c.Name))
		if n == 0 {
			continue
		}
		if name := s.name(c.Name); name == "" || !s.has(name, n) || s.has(name, n+1) {
			continue
		}
		return nil, &review.InputError{
			Code: CodeReference, File: file, Field: "contig",
			What:   fmt.Sprintf("the header is of %s, the reference sequence of %s by the length of %s", declared, other, c.Name),
			Remedy: "Give the FASTA that the file was made with",
		}
	}
	return s, nil
}

// otherAssembly returns the assembly that a is not, and how long a chromosome is
// there, 0 for other contigs and where both have one length.
func otherAssembly(a genome.Assembly, canonical string) (genome.Assembly, int64) {
	other := genome.GRCh37
	if a == genome.GRCh37 {
		other = genome.GRCh38
	}
	mine, _ := genome.ContigLength(a, canonical)
	n, _ := genome.ContigLength(other, canonical)
	if n == mine {
		return other, 0
	}
	return other, n
}

// has reports whether the reference has the base p of a contig.
func (s *sequence) has(name string, p int64) bool {
	if s.lengths != nil {
		return p <= s.lengths[name]
	}
	b, err := s.ask(name, p, p)
	if err != nil && !isAbsent(err) {
		s.fail(err)
	}
	return err == nil && len(b) == 1
}

// ask asks the reference alone.
func (s *sequence) ask(name string, first, last int64) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.ref.Bases(context.Background(), name, first, last)
}

func (s *sequence) fail(err error) { s.err.CompareAndSwap(nil, &err) }

func isAbsent(err error) bool {
	bad, ok := errors.AsType[*review.InputError](err)
	return ok && (bad.Code == bgz.CodeContig || bad.Code == bgz.CodeBases)
}

// name returns how the reference calls a contig of the file, "" where it has none.
// The two mitochondrial sequences are told apart by their last base.
func (s *sequence) name(contig string) string {
	if n, ok := s.names.Load(contig); ok {
		return n.(string)
	}
	found, canonical := "", s.h.Canonical(contig)
	for _, n := range append([]string{contig}, genome.Spellings(canonical)...) {
		if !s.has(n, 1) {
			continue
		}
		if canonical == "MT" && (!s.has(n, genome.LengthRCRS) || s.has(n, genome.LengthRCRS+1)) {
			continue
		}
		if canonical == genome.ContigHg19M && !s.has(n, genome.LengthHg19ChrM) {
			continue
		}
		found = n
		break
	}
	s.names.Store(contig, found)
	return found
}

// bases is a genome.BasesFunc under the names of the file.
func (s *sequence) bases(contig string, first, last genome.Pos) ([]byte, error) {
	if first < 1 || last < first {
		return nil, nil
	}
	from, to := int64(first-1)/chunkBases, int64(last-1)/chunkBases
	var out []byte
	for n := from; n <= to; n++ {
		c, err := s.chunk(contig, n)
		if err != nil {
			return nil, err
		}
		a, b := int64(0), int64(len(c.bases))
		if n == from {
			a = int64(first-1) - n*chunkBases
		}
		if n == to {
			b = min(b, int64(last)-n*chunkBases)
		}
		if a >= b {
			break
		}
		if from == to {
			return c.bases[a:b:b], nil
		}
		out = append(out, c.bases[a:b]...)
	}
	return out, nil
}

func (s *sequence) chunk(contig string, number int64) (*chunk, error) {
	h := uint64(number) * 0x9E3779B97F4A7C15
	for i := range len(contig) {
		h = (h ^ uint64(contig[i])) * 0x100000001B3
	}
	slot := &s.slots[h>>58]
	if c := slot.Load(); c != nil && c.number == number && c.contig == contig {
		return c, nil
	}
	b, err := s.read(s.name(contig), number*chunkBases+1)
	if err != nil {
		s.fail(err)
		return nil, err
	}
	c := &chunk{contig, number, b}
	slot.Store(c)
	return c, nil
}

// read reads a chunk, the last of a contig as far as it goes.
func (s *sequence) read(name string, first int64) ([]byte, error) {
	last := first + chunkBases - 1
	if !s.has(name, last) {
		last = s.lastBase(name, first, last)
	}
	if last < first {
		return nil, nil
	}
	b, err := s.ask(name, first, last)
	if err != nil {
		return nil, fmt.Errorf("read reference %s:%d-%d: %w", name, first, last, err)
	}
	return b, nil
}

// lastBase finds the last base of a contig that has first-1 and has not last.
func (s *sequence) lastBase(name string, first, last int64) int64 {
	for lo := first - 1; ; {
		if last-lo <= 1 {
			return lo
		}
		if mid := lo + (last-lo)/2; s.has(name, mid) {
			lo = mid
		} else {
			last = mid
		}
	}
}

// failure returns why the reference could not be read, nil when it could.
func (src *source) failure() error {
	if src.sequence == nil {
		return nil
	}
	if err := src.sequence.err.Load(); err != nil {
		return *err
	}
	return nil
}

// aligns reports whether indels on the contig (as written) are left-aligned.
func (src *source) aligns(contig string) bool {
	return src.sequence != nil && src.sequence.name(contig) != ""
}

// normalise trims a small allele and left-aligns it where the reference has the
// contig (as written). A reference that cannot be read is told by failure.
func (src *source) normalise(contig string, pos genome.Pos, ref, alt string) (genome.Pos, string, string) {
	if len(ref) == 1 && len(alt) == 1 {
		return pos, ref, alt
	}
	if !src.aligns(contig) {
		return genome.Trim(pos, ref, alt)
	}
	p, r, a, _ := genome.Normalise(src.sequence.bases, contig, pos, ref, alt)
	return p, r, a
}

// checkReference holds REF (as written) against the reference. plain says that
// the record has an allele of bases: others often stand on an N for a base that
// nobody looked up, which contradicts nothing.
func (src *source) checkReference(contig string, pos genome.Pos, ref string, plain bool) *fault {
	if pos < 1 || !src.aligns(contig) {
		return nil
	}
	have, err := src.sequence.bases(contig, pos, pos+genome.Pos(len(ref))-1)
	switch {
	case err != nil:
		return nil // failure ends the look-up
	case len(have) < len(ref):
		return faultf(CodeRefMismatch, "REF", "reaches beyond the end of the reference sequence of %s", contig)
	case genome.SameReference(ref, have):
		return nil
	case !plain && unknownBases(ref):
		return nil
	}
	return faultf(CodeRefMismatch, "REF", "is not what the reference sequence has at %s:%d: its alleles cannot be trusted", contig, pos)
}

func unknownBases(s string) bool {
	for i := range len(s) {
		if s[i] != 'N' && s[i] != 'n' {
			return false
		}
	}
	return true
}
