package made

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// The samples of the demonstration case, in the order of the header.
const (
	Proband = "DEMO-P"
	Mother  = "DEMO-M"
	Father  = "DEMO-F"
)

// record is one line of the VCF.
type record struct {
	chrom  string // without "chr"
	pos    int
	id     string
	ref    string
	alts   []string
	qual   int
	filter string
	info   []string // before AC, AN and CSQ
	rows   []row
	calls  [3]call // proband, mother, father
}

// contigs in the order of the file.
var contigs = []struct {
	name   string
	length int
}{
	{"1", 248956422},
	{"2", 242193529},
	{"3", 198295559},
	{"4", 190214555},
	{"5", 181538259},
	{"6", 170805979},
	{"7", 159345973},
	{"8", 145138636},
	{"9", 138394717},
	{"10", 133797422},
	{"11", 135086622},
	{"12", 133275309},
	{"13", 114364328},
	{"14", 107043718},
	{"15", 101991189},
	{"16", 90338345},
	{"17", 83257441},
	{"18", 80373285},
	{"19", 58617616},
	{"20", 64444167},
	{"21", 46709983},
	{"22", 50818468},
	{"X", 156040895},
	{"Y", 57227415},
	{"M", 16569},
}

func contigIndex(name string) int {
	for i, c := range contigs {
		if c.name == name {
			return i
		}
	}
	return -1
}

// inPAR reports whether the position is in a pseudoautosomal region of X.
func inPAR(chrom string, pos int) bool {
	return chrom == "X" && (pos >= 10001 && pos <= 2781479 || pos >= 155701383 && pos <= 156030895)
}

// sortRecords puts records in the order of the file.
func sortRecords(rs []record) {
	slices.SortStableFunc(rs, func(a, b record) int {
		return cmp.Or(cmp.Compare(contigIndex(a.chrom), contigIndex(b.chrom)), cmp.Compare(a.pos, b.pos))
	})
}

// line writes the record without its newline.
func (r record) line() string {
	id := cmp.Or(r.id, ".")
	return strings.Join(append([]string{
		"chr" + r.chrom, strconv.Itoa(r.pos), id, r.ref, strings.Join(r.alts, ","),
		strconv.Itoa(r.qual), cmp.Or(r.filter, "PASS"), r.infoColumn(),
	}, r.callColumns()...), "\t")
}

func (r record) infoColumn() string {
	ac, an := r.counts()
	info := append(slices.Clone(r.info), "AC="+join(ac), "AN="+strconv.Itoa(an))
	if len(r.rows) > 0 {
		rows := make([]string, len(r.rows))
		for i, row := range r.rows {
			rows[i] = row.String()
		}
		info = append(info, "CSQ="+strings.Join(rows, ","))
	}
	return strings.Join(info, ";")
}

// counts are the called copies of each ALT and of all alleles.
func (r record) counts() (ac []int, an int) {
	ac = make([]int, len(r.alts))
	for _, c := range r.calls {
		for _, a := range alleles(c.gt) {
			if a >= 0 {
				an++
			}
			if a > 0 {
				ac[a-1]++
			}
		}
	}
	return ac, an
}

func (r record) callColumns() []string {
	out := make([]string, 0, 4)
	phased := slices.ContainsFunc(r.calls[:], func(c call) bool { return c.ps > 0 })
	switch {
	case r.chrom == "M":
		out = append(out, "GT:AD:AF:DP")
	case strings.HasPrefix(r.alts[0], "<"):
		out = append(out, "GT:GQ")
	case phased:
		out = append(out, "GT:AD:DP:GQ:PL:PS")
	default:
		out = append(out, "GT:AD:DP:GQ:PL")
	}
	for _, c := range r.calls {
		switch {
		case r.chrom == "M":
			out = append(out, c.mitochondrial())
		case strings.HasPrefix(r.alts[0], "<"):
			out = append(out, fmt.Sprintf("%s:%d", c.gt, c.gq))
		default:
			out = append(out, c.column(phased))
		}
	}
	return out
}

// csqAllele is how VEP names an ALT in its Allele field: for indels without
// the shared first base, "-" for a pure deletion.
func csqAllele(ref string, alts []string, i int) string {
	alt := alts[i]
	switch {
	case alt == "*":
		return "*"
	case strings.HasPrefix(alt, "<"):
		return "deletion" // the only symbolic allele made here
	}
	for _, a := range alts {
		if a != "*" && a[0] != ref[0] {
			return alt // VEP trims only what all alleles share
		}
	}
	return cmp.Or(alt[1:], "-")
}
