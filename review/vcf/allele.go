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
	case strings.HasPrefix(alt, "<"):
		return review.Symbolic
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
		return len(alt) > 2 && strings.HasSuffix(alt, ">") && !strings.ContainsAny(alt[1:len(alt)-1], "<>, ")
	case review.Breakend:
		return validBreakend(alt)
	case review.SmallVariant:
	}
	return genome.IsBases(strings.ToUpper(alt))
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

// takesReference reports whether a symbolic allele lies on reference bases from
// POS on, so that SVLEN gives its end (VCF 4.4, section 3).
func takesReference(alt string) bool {
	name := strings.Trim(alt, "<>")
	name, _, _ = strings.Cut(name, ":")
	switch name {
	case "DEL", "DUP", "INV", "CNV":
		return strings.HasPrefix(alt, "<")
	}
	return false
}

// keyOf names the allele. Small variants are trimmed; others keep ALT as written.
func (r *Record) keyOf(alt string) genome.Key {
	k := genome.Key{
		Assembly: r.src.assembly, Contig: r.src.header.Canonical(r.Contig),
		Pos: r.Pos, Ref: strings.ToUpper(r.Ref), Alt: alt,
	}
	if kindOf(alt) == review.SmallVariant {
		k.Alt = strings.ToUpper(alt)
		k.Pos, k.Ref, k.Alt = genome.Trim(k.Pos, k.Ref, k.Alt)
	}
	return k
}
