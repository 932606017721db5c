package genome

import "strings"

// Contig is one sequence of a file's header. Length is zero when the header
// does not give it.
type Contig struct {
	Name   string
	Length int64
}

// CanonicalContig strips the "chr" prefix and turns M into MT, and RefSeq
// accessions of the primary chromosomes (NC_000001.10, NC_000001.11, …,
// NC_012920.1) into their numbers. Other names are returned as they are.
func CanonicalContig(name string) string {
	if c, ok := accessions[name]; ok {
		return c
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
// Sequence NC_012920.1 (GRCh37 and GRCh38) and NC_001807, which UCSC hg19 calls
// chrM and whose positions differ.
const (
	LengthRCRS     = 16569
	LengthHg19ChrM = 16571
)

var accessions = func() map[string]string {
	m := map[string]string{"NC_012920.1": "MT"}
	// RefSeq versions of chromosomes 1 … 22, X, Y on GRCh37 and GRCh38, from
	// the same assembly reports as the lengths.
	v := map[string][2]string{
		"1": {"10", "11"}, "2": {"11", "12"}, "3": {"11", "12"}, "4": {"11", "12"}, "5": {"9", "10"},
		"6": {"11", "12"}, "7": {"13", "14"}, "8": {"10", "11"}, "9": {"11", "12"}, "10": {"10", "11"},
		"11": {"9", "10"}, "12": {"11", "12"}, "13": {"10", "11"}, "14": {"8", "9"}, "15": {"9", "10"},
		"16": {"9", "10"}, "17": {"10", "11"}, "18": {"9", "10"}, "19": {"9", "10"}, "20": {"10", "11"},
		"21": {"8", "9"}, "22": {"10", "11"}, "X": {"10", "11"}, "Y": {"9", "10"},
	}
	for c, vs := range v {
		n := c
		switch c {
		case "X":
			n = "23"
		case "Y":
			n = "24"
		}
		if len(n) == 1 {
			n = "0" + n
		}
		for _, ver := range vs {
			m["NC_0000"+n+"."+ver] = c
		}
	}
	return m
}()

// InferAssembly tells the assembly from the contig lengths of a header. It
// answers AssemblyUnknown when no primary chromosome has a known length, or
// when lengths of both assemblies occur; agree and disagree name the contigs
// (as written) that spoke for and against the answer.
func InferAssembly(contigs []Contig) (a Assembly, agree, disagree []string) {
	var n [2][]string
	for _, c := range contigs {
		l, ok := lengths[CanonicalContig(c.Name)]
		if !ok || c.Length == 0 {
			continue
		}
		switch c.Length {
		case l[0]:
			n[0] = append(n[0], c.Name)
		case l[1]:
			n[1] = append(n[1], c.Name)
		default:
			disagree = append(disagree, c.Name)
		}
	}
	switch {
	case len(n[0]) > 0 && len(n[1]) == 0:
		return GRCh37, n[0], disagree
	case len(n[1]) > 0 && len(n[0]) == 0:
		return GRCh38, n[1], disagree
	}
	return AssemblyUnknown, nil, append(append(disagree, n[0]...), n[1]...)
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
