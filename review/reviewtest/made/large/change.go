package large

import "strconv"

var aminoAcids = [...]struct{ one, three string }{
	{"A", "Ala"},
	{"R", "Arg"},
	{"N", "Asn"},
	{"D", "Asp"},
	{"C", "Cys"},
	{"Q", "Gln"},
	{"E", "Glu"},
	{"G", "Gly"},
	{"H", "His"},
	{"I", "Ile"},
	{"L", "Leu"},
	{"K", "Lys"},
	{"M", "Met"},
	{"F", "Phe"},
	{"P", "Pro"},
	{"S", "Ser"},
	{"T", "Thr"},
	{"W", "Trp"},
	{"Y", "Tyr"},
	{"V", "Val"},
}

// exonic is the term of an allele in an exon. h decides among what a codon could
// become.
func (g *gene) exonic(t *transcript, exon int, s *site, alt string, h uint64) string {
	switch {
	case t.protein == "":
		return "non_coding_transcript_exon_variant"
	case exon == t.last && s.pos > g.exons[exon].first+150:
		return "3_prime_UTR_variant"
	case len(s.ref) == 1 && len(alt) == 1:
		switch {
		case h%1000 < 12:
			return "stop_gained"
		case h%1000 < 560:
			return "missense_variant"
		}
		return "synonymous_variant"
	case (len(s.ref)-len(alt))%3 != 0:
		return "frameshift_variant"
	case len(s.ref) > len(alt):
		return "inframe_deletion"
	}
	return "inframe_insertion"
}

func impact(term string) string {
	switch term {
	case "stop_gained", "frameshift_variant", "splice_donor_variant", "splice_acceptor_variant":
		return "HIGH"
	case "missense_variant", "inframe_deletion", "inframe_insertion":
		return "MODERATE"
	case "synonymous_variant", "splice_region_variant&intron_variant":
		return "LOW"
	}
	return "MODIFIER"
}

// vepAllele is VEP's spelling of ALT: the first base of an indel dropped where
// all alleles of the record share it, which those of a site with two do not.
func vepAllele(s *site, alt string) string {
	switch {
	case len(s.alts) > 1, len(s.ref) == 1 && len(alt) == 1:
		return alt
	case len(alt) == 1:
		return "-"
	}
	return alt[1:]
}

func class(ref, alt string) string {
	switch {
	case len(ref) == len(alt):
		return "SNV"
	case len(alt) > len(ref):
		return "insertion"
	}
	return "deletion"
}

// change writes HGVSc to Codons.
func (b *cells) change(s *site, alt string, g *gene, t *transcript, p place, term string, h uint64) {
	at := b.codingChange(s, alt, g, t, p)
	if p.exon < 0 || t.protein == "" || term == "3_prime_UTR_variant" {
		b.empty(1) // HGVSp
		if p.exon >= 0 {
			b.number(at)
		} else {
			b.empty(1)
		}
		b.empty(4)
		return
	}
	was, is := aminoAcids[h%20], aminoAcids[(h+7)%20]
	switch term {
	case "stop_gained":
		is.one, is.three = "*", "Ter"
	case "synonymous_variant":
		is.one, is.three = was.one, "="
	}
	*b = append(append(append(*b, t.protein...), ":p."...), was.three...)
	*b = strconv.AppendInt(*b, int64(at/3+1), 10)
	b.text(is.three)
	b.number(at) // cDNA_position
	b.number(at) // CDS_position
	b.number(at/3 + 1)
	if was == is || term == "synonymous_variant" {
		b.text(was.one)
	} else {
		b.text(was.one + "/" + is.one)
	}
	b.text("gcT/gaT")
}

// codingChange writes HGVSc and returns the position in the transcript.
func (b *cells) codingChange(s *site, alt string, g *gene, t *transcript, p place) int {
	defer b.empty(1)
	k := max(p.exon, p.intron)
	if k < 0 {
		return 0
	}
	at := max(1, g.before[k]-g.before[t.first]+max(1, s.pos-g.exons[k].first))
	*b = append(append(*b, t.id...), ":c."...)
	if p.intron >= 0 {
		at = max(1, g.before[k]-g.before[t.first]+g.exons[k].end-g.exons[k].first)
		*b = append(strconv.AppendInt(*b, int64(at), 10), '+')
		*b = strconv.AppendInt(*b, int64(max(1, s.pos-g.exons[k].end)), 10)
	} else {
		*b = strconv.AppendInt(*b, int64(at), 10)
	}
	*b = append(append(append(*b, s.ref[:1]...), '>'), alt[:1]...)
	return at
}
