package genome

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Contig is one sequence of a file's header. Length is zero when the header
// does not give it.
type Contig struct {
	Name   string
	Length int64
}

// CanonicalContig strips the "chr" prefix and turns M into MT, and RefSeq and
// GenBank accessions of the primary chromosomes (NC_000001.10, CM000663.2, …,
// NC_012920.1) into their numbers. Other names are returned as they are.
func CanonicalContig(name string) string {
	if a, ok := accessions[name]; ok {
		return a.contig
	}
	c := name
	if len(c) > 3 && strings.EqualFold(c[:3], "chr") {
		c = c[3:]
	}
	switch strings.ToUpper(c) {
	case "M", "MT":
		return "MT"
	case "X", "Y":
		return strings.ToUpper(c)
	}
	if _, ok := lengths[c]; ok {
		return c
	}
	return name
}

// AccessionAssembly tells the assembly from the version of a chromosome's
// accession: NC_000001.10 is GRCh37, NC_000001.11 GRCh38. It answers
// AssemblyUnknown for other names and for MT, which both have.
func AccessionAssembly(name string) Assembly { return accessions[name].assembly }

// Spellings returns the names that references and files give to a canonical
// contig, on either assembly.
func Spellings(canonical string) []string {
	names := []string{canonical, "chr" + canonical}
	switch canonical {
	case "MT":
		names = append(names, "chrM", "M")
	case ContigHg19M:
		return []string{canonical, "chrM", "M", "chrMT", "MT"}
	}
	var long []string
	for name, a := range accessions {
		if a.contig == canonical {
			long = append(long, name)
		}
	}
	slices.Sort(long)
	return append(names, long...)
}

// IsPrimary reports whether contig (canonical) is 1 … 22, X, Y or MT.
func IsPrimary(contig string) bool { return contig == "MT" || lengths[contig] != [2]int64{} }

// lengths holds the lengths of the chromosomes on GRCh37 and GRCh38 in bases.
// Source: Genome Reference Consortium assembly reports GRCh37.p13
// (GCF_000001405.25) and GRCh38.p14 (GCF_000001405.40).
var lengths = map[string][2]int64{
	"1": {249250621, 248956422}, "2": {243199373, 242193529}, "3": {198022430, 198295559},
	"4": {191154276, 190214555}, "5": {180915260, 181538259}, "6": {171115067, 170805979},
	"7": {159138663, 159345973}, "8": {146364022, 145138636}, "9": {141213431, 138394717},
	"10": {135534747, 133797422}, "11": {135006516, 135086622}, "12": {133851895, 133275309},
	"13": {115169878, 114364328}, "14": {107349540, 107043718}, "15": {102531392, 101991189},
	"16": {90354753, 90338345}, "17": {81195210, 83257441}, "18": {78077248, 80373285},
	"19": {59128983, 58617616}, "20": {63025520, 64444167}, "21": {48129895, 46709983},
	"22": {51304566, 50818468}, "X": {155270560, 156040895}, "Y": {59373566, 57227415},
}

// The two mitochondrial sequences in use: the revised Cambridge Reference
// Sequence NC_012920.1 (MT of GRCh37 and GRCh38) and NC_001807, which UCSC hg19
// calls chrM and whose positions differ. ContigHg19M is the canonical name of the
// latter.
const (
	LengthRCRS     = 16569
	LengthHg19ChrM = 16571
	ContigHg19M    = "NC_001807.4"
)

// accession is what the name of a sequence in RefSeq or GenBank stands for.
type accession struct {
	contig   string
	assembly Assembly // AssemblyUnknown for both
}

// accessions are the names of the primary chromosomes, from the same assembly
// reports as the lengths.
var accessions = func() map[string]accession {
	m := map[string]accession{"NC_012920.1": {contig: "MT"}, "J01415.2": {contig: "MT"}}
	versions := [24][2]int{ // of RefSeq, chromosomes 1 … 22, X, Y
		{10, 11},
		{11, 12},
		{11, 12},
		{11, 12},
		{9, 10},
		{11, 12},
		{13, 14},
		{10, 11},
		{11, 12},
		{10, 11},
		{9, 10},
		{11, 12},
		{10, 11},
		{8, 9},
		{9, 10},
		{9, 10},
		{10, 11},
		{9, 10},
		{9, 10},
		{10, 11},
		{8, 9},
		{10, 11},
		{10, 11},
		{9, 10},
	}
	for i, v := range versions {
		contig := strconv.Itoa(i + 1)
		switch i {
		case 22:
			contig = "X"
		case 23:
			contig = "Y"
		}
		for j, a := range []Assembly{GRCh37, GRCh38} {
			m[fmt.Sprintf("NC_%06d.%d", i+1, v[j])] = accession{contig, a}
			m[fmt.Sprintf("CM%06d.%d", 663+i, j+1)] = accession{contig, a}
		}
	}
	return m
}()

// InferAssembly tells the assembly from the contigs of a header: by their lengths,
// and by the versions of accessions. It answers AssemblyUnknown when no primary
// chromosome speaks for one, or when some speak for each; agree and disagree name
// the contigs (as written) that spoke for and against the answer.
func InferAssembly(contigs []Contig) (a Assembly, agree, disagree []string) {
	by := map[Assembly][]string{}
	for _, c := range contigs {
		l, ok := lengths[CanonicalContig(c.Name)]
		named := AccessionAssembly(c.Name)
		if !ok || c.Length == 0 && named == AssemblyUnknown {
			continue
		}
		says := map[int64]Assembly{0: named, l[0]: GRCh37, l[1]: GRCh38}[c.Length]
		if says == AssemblyUnknown || named != AssemblyUnknown && says != named {
			disagree = append(disagree, c.Name)
			continue
		}
		by[says] = append(by[says], c.Name)
	}
	old, now := by[GRCh37], by[GRCh38]
	switch {
	case len(old) > 0 && len(now) == 0:
		return GRCh37, old, disagree
	case len(now) > 0 && len(old) == 0:
		return GRCh38, now, disagree
	}
	return AssemblyUnknown, nil, append(append(disagree, old...), now...)
}

// par holds the pseudoautosomal regions, 1-based closed. Source: Genome
// Reference Consortium, PAR coordinates of GRCh37 and GRCh38.
var par = map[Assembly][]Range{
	GRCh37: {
		{"X", 60001, 2699520},
		{"X", 154931044, 155260560},
		{"Y", 10001, 2649520},
		{"Y", 59034050, 59363566},
	},
	GRCh38: {
		{"X", 10001, 2781479},
		{"X", 155701383, 156030895},
		{"Y", 10001, 2781479},
		{"Y", 56887903, 57217415},
	},
}

// InPAR reports whether p on contig (canonical) lies in a pseudoautosomal
// region of a, where males carry two copies.
func InPAR(a Assembly, contig string, p Pos) bool {
	for _, r := range par[a] {
		if r.Contains(contig, p) {
			return true
		}
	}
	return false
}

// ContigLength returns the length in bases of contig (canonical) on a. ok is
// false for other contigs and for an unknown assembly. MT is the revised
// Cambridge Reference Sequence on both.
func ContigLength(a Assembly, contig string) (bases int64, ok bool) {
	i := map[Assembly]int{GRCh37: 0, GRCh38: 1}
	n, known := i[a]
	if !known {
		return 0, false
	}
	if contig == "MT" {
		return LengthRCRS, true
	}
	l, ok := lengths[contig]
	return l[n], ok
}
