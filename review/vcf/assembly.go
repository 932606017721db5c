package vcf

import (
	"fmt"
	"regexp"
	"strings"

	"garrod/review"
	"garrod/review/genome"
)

const assemblyRemedy = "Declare the assembly the file was made on with --assembly GRCh37 or GRCh38; positions are never lifted over"

// assembly holds what was declared against the contig lengths, and where there
// are none against what the header says in words.
func (in *intake) assembly() {
	h, declared := in.f.src.header, in.req.Assembly
	found, agree, disagree := genome.InferAssembly(h.Contigs)
	basis := fmt.Sprintf("the lengths of %d chromosomes", len(agree))
	if found == genome.AssemblyUnknown {
		if len(disagree) > 0 {
			in.fail("assembly", "contig", "the chromosome lengths of the header fit neither GRCh37 nor GRCh38 as a whole: "+firstFew(disagree), assemblyRemedy)
			return
		}
		found, basis = namedAssembly(h), "the name of the reference in the header"
	}
	switch {
	case found == genome.AssemblyUnknown && declared == genome.AssemblyUnknown:
		in.fail("assembly", "contig", "the header does not tell the assembly (no chromosome lengths) and none was declared", assemblyRemedy)
		return
	case found != genome.AssemblyUnknown && declared != genome.AssemblyUnknown && found != declared:
		in.fail("assembly", "contig", fmt.Sprintf("the request says %s, the file says %s by %s", declared, found, basis), assemblyRemedy)
		return
	}
	a := found
	if a == genome.AssemblyUnknown {
		a = declared
	}
	if contig := in.seen.beyond(h, a); contig != "" {
		in.fail("assembly", "POS", fmt.Sprintf("a record on %s lies beyond the end of the chromosome on %s", contig, a), assemblyRemedy)
		return
	}
	in.out.Assembly = a
	in.judgeAssembly(a, found, basis, disagree)
}

// judgeAssembly words the answer once the assembly is settled.
func (in *intake) judgeAssembly(a, found genome.Assembly, basis string, disagree []string) {
	switch {
	case found == genome.AssemblyUnknown:
		in.add("assembly", review.Warn, fmt.Sprintf("%s rests on the declaration alone: the header has no chromosome lengths and names no reference.", a))
	case len(disagree) > 0:
		in.add("assembly", review.Warn, fmt.Sprintf("%s by %s, but these have other lengths: %s.", a, basis, firstFew(disagree)))
	case in.recordsOn(genome.ContigHg19M) > 0:
		in.add("assembly", review.Warn, fmt.Sprintf("%s by %s, but its mitochondrial sequence is NC_001807 (16,571 bases, UCSC hg19): its %d records have positions of their own and are looked up in no database.",
			a, basis, in.recordsOn(genome.ContigHg19M)))
	case in.recordsOn("chrM") > 0:
		in.add("assembly", review.Warn, fmt.Sprintf("%s by %s, but the header does not tell the length of chrM: whether its %d records are on NC_012920 (16,569 bases) or NC_001807 (16,571 bases, UCSC hg19) is not known, and they are looked up in no database.",
			a, basis, in.recordsOn("chrM")))
	default:
		detail := fmt.Sprintf("%s by %s", a, basis)
		if in.req.Assembly != genome.AssemblyUnknown {
			detail += ", as declared"
		}
		in.pass("assembly", detail+".")
	}
}

// recordsOn counts records on a contig, by its canonical name.
func (in *intake) recordsOn(canonical string) (n int64) {
	for name, records := range in.tally.Contigs {
		if in.f.src.header.Canonical(name) == canonical {
			n += records
		}
	}
	return n
}

var assemblyWords = regexp.MustCompile(`(?i)grch37|hg19|hs37d5|\bb37\b|human_g1k_v37|grch38|hg38`)

// namedAssembly reads the assembly from ##reference, ##assembly, the assembly of
// contig lines and VEP's line. Two different names tell nothing.
func namedAssembly(h *Header) genome.Assembly {
	var text strings.Builder
	for _, m := range h.Meta {
		for _, prefix := range []string{"##reference=", "##assembly=", "##contig=", "##VEP="} {
			if strings.HasPrefix(m, prefix) {
				text.WriteString(m)
				text.WriteByte('\n')
			}
		}
	}
	found := genome.AssemblyUnknown
	for _, word := range assemblyWords.FindAllString(text.String(), -1) {
		a, err := genome.ParseAssembly(word)
		if err != nil {
			a = genome.GRCh37 // human_g1k_v37
		}
		if found != genome.AssemblyUnknown && a != found {
			return genome.AssemblyUnknown
		}
		found = a
	}
	return found
}
