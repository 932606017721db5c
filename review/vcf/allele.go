package vcf

import (
	"strings"

	"garrod/review"
	"garrod/review/genome"
)

// kindOf tells what sort of allele an ALT is. "." is a reference block; so is
// "X", which samtools mpileup wrote for any other allele before "<*>".
func kindOf(alt string) review.VariantKind {
	switch {
	case alt == "." || alt == "<NON_REF>" || alt == "<*>" || alt == "X":
		return review.ReferenceBlock
	case alt == "*":
		return review.OverlapDeleted
	case isBreakend(alt):
		return review.Breakend
	case strings.IndexByte(alt, '<') >= 0:
		return review.Symbolic // <DEL>, and C<ctg1>: bases and a sequence of the assembly file
	}
	return review.SmallVariant
}

// isBreakend knows the four mate forms, t[p[ t]p] ]p]t [p[t, and single
// breakends, t. and .t (VCF 4.5, section 5.4).
func isBreakend(alt string) bool {
	if strings.ContainsAny(alt, "[]") {
		return true
	}
	return len(alt) > 1 && (alt[0] == '.' || alt[len(alt)-1] == '.')
}

func validAlt(alt string) bool {
	switch kindOf(alt) {
	case review.ReferenceBlock:
		return alt != "."
	case review.OverlapDeleted:
		return true
	case review.Symbolic:
		return validSymbolic(alt)
	case review.Breakend:
		return validBreakend(alt)
	case review.SmallVariant:
	}
	return genome.IsBases(strings.ToUpper(alt))
}

func validSymbolic(alt string) bool {
	bases, name, _ := strings.Cut(alt, "<")
	name, closed := strings.CutSuffix(name, ">")
	return closed && name != "" && !strings.ContainsAny(name, "<>, ") && (bases == "" || genome.IsBases(strings.ToUpper(bases)))
}

func validBreakend(alt string) bool {
	bases := func(s string) bool { return genome.IsBases(strings.ToUpper(s)) }
	for _, c := range []string{"[", "]"} {
		if n := strings.Count(alt, c); n == 0 {
			continue
		} else if n != 2 {
			return false
		}
		parts := strings.Split(alt, c)
		mate := strings.LastIndexByte(parts[1], ':')
		if mate <= 0 || mate == len(parts[1])-1 {
			return false
		}
		a, b := strings.Trim(parts[0], "."), strings.Trim(parts[2], ".")
		inserted := func(s string) bool { return s == "" || bases(s) || strings.HasPrefix(s, "<") }
		return inserted(a) && inserted(b) && (parts[0] == "") != (parts[2] == "")
	}
	return bases(strings.Trim(alt, "."))
}

// keyAt names an allele (1-based; 0 for a record without any). Small variants are
// trimmed, and left-aligned where the file has a reference; symbolic ones carry
// their end.
func (r *Record) keyAt(allele int) genome.Key {
	k := genome.Key{
		Assembly: r.src.assembly, Contig: r.src.header.Canonical(r.Contig),
		Pos: r.Pos, Ref: strings.ToUpper(r.Ref), Alt: ".",
	}
	if allele == 0 || len(r.Alts) == 0 {
		return k
	}
	k.Alt = r.Alts[allele-1]
	switch kindOf(k.Alt) {
	case review.SmallVariant:
		k.Pos, k.Ref, k.Alt = r.src.normalise(r.Contig, k.Pos, k.Ref, strings.ToUpper(k.Alt))
	case review.Symbolic:
		k.Alt = r.symbolicKey(allele)
	case review.Breakend, review.OverlapDeleted, review.ReferenceBlock:
	}
	return k
}
