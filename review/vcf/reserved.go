package vcf

import (
	"strings"
)

// reservedInfo and reservedFormat are the fields that the specification defines
// (VCF 4.3, tables 1 and 2, and sections 3 and 4 for structural variants). A file
// that declares one otherwise is told so; "*" is not held against anything, for it
// changed between versions.
var reservedInfo = fieldTable(`
AA 1 String;AC A Integer;AD R Integer;ADF R Integer;ADR R Integer;AF A Float;AN 1 Integer;BQ 1 Float;
CIGAR A String;DB 0 Flag;DP 1 Integer;END 1 Integer;H2 0 Flag;H3 0 Flag;MQ 1 *;MQ0 1 Integer;NS 1 Integer;
SB * *;SOMATIC 0 Flag;VALIDATED 0 Flag;1000G 0 Flag;IMPRECISE 0 Flag;NOVEL 0 Flag;SVTYPE * String;SVLEN * Integer;
CIPOS * Integer;CIEND * Integer;CILEN * Integer;HOMLEN * Integer;HOMSEQ * String;BKPTID * String;MEINFO * String;
METRANS * String;DGVID * String;DBVARID * String;DBRIPID * String;MATEID * String;PARID * String;EVENT * String;
DPADJ * Integer;CN * *;CNADJ * Integer;CICN * *;CICNADJ * Integer`)

var reservedFormat = fieldTable(`
AD R Integer;ADF R Integer;ADR R Integer;DP 1 Integer;EC A Integer;FT 1 String;GL G Float;GLE G String;GP G Float;GQ 1 Integer;
GT 1 String;HQ 2 Integer;MQ 1 Integer;PL G Integer;PQ 1 Integer;PS 1 Integer;CN 1 *;CNQ 1 *;CNL * *;CNP * *;NQ 1 Integer;
HAP 1 Integer;AHAP 1 Integer;PP * *`)

// infoSince44 and formatSince44 are the fields that versions 4.4 and 4.5 define or
// define anew (VCF 4.4, sections 3 to 5; VCF 4.5, table 2).
var infoSince44 = fieldTable(`
SVLEN A Integer;SVCLAIM A String;EVENTTYPE A String;RN A Integer;RUS . String;RUL . Integer;RUC . Float;RB . Integer;
CIRUC . Float;CIRB . Integer;RUB . Integer;CN A Float;CICN . Float;CIPOS . Integer;CIEND . Integer;CILEN . Integer`)

var formatSince44 = fieldTable(`
CN 1 Float;CICN 2 Float;CNQ 1 Float;CNL G Float;CNP G Float;PSL P String;PSO P Integer;PSQ P Integer;
LAA . Integer;LAD LR Integer;LADF LR Integer;LADR LR Integer;LEC LA Integer;LEN 1 Integer;LGL LG Float;LGP LG Float;LPL LG Integer`)

// reserved returns what the specification of the file's version says of a field.
func (v *validator) reserved(table, since44 map[string]Field, id string) Field {
	if f, ok := since44[id]; ok && v.atLeast("VCFv4.4") {
		return f
	}
	return table[id]
}

func fieldTable(s string) map[string]Field {
	m := map[string]Field{}
	for line := range strings.SplitSeq(s, ";") {
		w := strings.Fields(line)
		m[w[0]] = Field{ID: w[0], Number: w[1], Type: w[2]}
	}
	return m
}

// neverNegative and neverAboveOne bound reserved counts and fractions.
var (
	neverNegative = map[string]bool{
		"AC": true, "AN": true, "AF": true, "DP": true, "NS": true, "MQ0": true, "AD": true, "GQ": true, "PL": true,
		"END": true, "HOMLEN": true, "GP": true, "BQ": true, "MQ": true, "HQ": true, "PQ": true, "CN": true, "RUL": true, "RUC": true, "RB": true,
	}
	neverAboveOne = map[string]bool{"AF": true}
)
