package genome

// PARs returns the pseudoautosomal regions of contig (canonical) on a, where
// males carry two copies; none for other contigs and for an unknown assembly.
func PARs(a Assembly, contig string) []Range {
	var out []Range
	for _, r := range par[a] {
		if r.Contig == contig {
			out = append(out, r)
		}
	}
	return out
}
