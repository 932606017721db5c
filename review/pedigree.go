package review

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// pedLine is one person of a PED file with the place it stands.
type pedLine struct {
	Member
	family string
	line   int
}

// ParsePED reads a PED file of one family: family, individual, father, mother,
// sex (1 male, 2 female, other unknown), phenotype (1 unaffected, 2 affected, 0
// or -9 unknown), in columns separated by tabs, or by blanks where a line has no
// tab. ".", "-1", "-9", "NA" and "None" stand for unknown as 0 does. Empty lines
// and lines starting with # are passed over, and further columns are ignored,
// but for identical twins: where a line starting with # names a column MZtwin
// (CanRisk, SOLAR), MZ_TWIN_ID (dbGaP) or Zygosity after the sixth, members with
// the same value there are identical twins. name is the file's name for messages.
//
// It refuses, with an *InputError that names the line, wrong columns, two
// families, a person given twice, a parent without a line of its own, a parent
// whose sex contradicts its place, a person who is their own ancestor, and
// identical twins of different parents or sex or without the other one.
func ParsePED(r io.Reader, name string) (Family, error) {
	people, err := readPED(r, name)
	if err != nil {
		return Family{}, err
	}
	if len(people) == 0 {
		return Family{}, &InputError{
			Code: "ped_empty", File: name, What: "the pedigree names nobody",
			Remedy: "Give a line for each person: family, individual, father, mother, sex, phenotype",
		}
	}
	if err := checkPED(people, name); err != nil {
		return Family{}, err
	}
	f := Family{ID: people[0].family}
	for _, p := range people {
		f.Members = append(f.Members, p.Member)
	}
	return f, nil
}

func readPED(r io.Reader, name string) ([]pedLine, error) {
	var people []pedLine
	var twins *twinColumn
	s := bufio.NewScanner(r)
	for n := 1; s.Scan(); n++ {
		text := strings.TrimRight(s.Text(), "\r")
		if n == 1 {
			text = strings.TrimPrefix(text, "\uFEFF")
		}
		if heading, ok := strings.CutPrefix(text, "#"); ok && twins == nil {
			twins = findTwinColumn(pedColumns(heading))
		}
		if strings.TrimSpace(text) == "" || strings.HasPrefix(text, "#") {
			continue
		}
		p, err := parsePEDLine(text, name, n, twins)
		if err != nil {
			return nil, err
		}
		people = append(people, p)
	}
	if err := s.Err(); err != nil {
		return nil, &InputError{
			Code: "ped_unreadable", File: name, What: "the pedigree cannot be read", Err: err,
			Remedy: "Check that it is a plain text file",
		}
	}
	return people, nil
}

// pedColumns splits a line at tabs, or at blanks where it has none.
func pedColumns(text string) []string {
	if !strings.Contains(text, "\t") {
		return strings.Fields(text)
	}
	cols := strings.Split(text, "\t")
	for i := range cols {
		cols[i] = strings.TrimSpace(cols[i])
	}
	return cols
}

func parsePEDLine(text, name string, n int, twins *twinColumn) (pedLine, error) {
	cols := pedColumns(text)
	if len(cols) < 6 {
		return pedLine{}, pedError("ped_columns", name, n, "", fmt.Sprintf("has %d columns, want at least 6", len(cols)),
			"Write family, individual, father, mother, sex and phenotype, separated by tabs")
	}
	if cols[1] == "" || cols[1] == "0" {
		return pedLine{}, pedError("ped_individual", name, n, "individual", "is empty or 0", "Give each person a name, as in the VCF header")
	}
	p := pedLine{family: cols[0], line: n, Member: Member{ID: cols[1], Father: parentName(cols[2]), Mother: parentName(cols[3])}}
	var ok bool
	if p.Sex, ok = pedSex(cols[4]); !ok {
		return pedLine{}, pedError("ped_sex", name, n, "sex", "is not 1 (male), 2 (female) or 0 (unknown)", "Correct the fifth column")
	}
	if p.Affected, ok = pedPhenotype(cols[5]); !ok {
		return pedLine{}, pedError("ped_phenotype", name, n, "phenotype", "is not 1 (unaffected), 2 (affected), 0 or -9 (unknown)", "Correct the sixth column")
	}
	if p.Twin, ok = twins.read(cols); !ok {
		return pedLine{}, pedError("ped_twin", name, n, twins.name, "does not tell identical twins from others", "Write MZ or DZ, with a number where there are several pairs, or 0")
	}
	return p, nil
}

func pedError(code, name string, line int, field, what, remedy string) error {
	return &InputError{Code: code, File: name, Line: line, Field: field, What: what, Remedy: remedy}
}

// isUnknown reports whether a column holds one of the words for "unknown".
func isUnknown(s string) bool {
	switch strings.ToLower(s) {
	case "", "0", ".", "-1", "-9", "na", "none":
		return true
	}
	return false
}

func parentName(s string) string {
	if isUnknown(s) {
		return ""
	}
	return s
}

func pedSex(s string) (Sex, bool) {
	switch strings.ToLower(s) {
	case "1", "male", "m":
		return Male, true
	case "2", "female", "f":
		return Female, true
	case "3", "other", "unknown", "u":
		return SexUnknown, true
	}
	return SexUnknown, isUnknown(s)
}

func pedPhenotype(s string) (*bool, bool) {
	affected := s == "2"
	if s == "1" || affected {
		return &affected, true
	}
	return nil, isUnknown(s)
}

func checkPED(people []pedLine, name string) error {
	at := map[string]pedLine{}
	for _, p := range people {
		if p.family != people[0].family {
			return pedError("ped_families", name, p.line, "family", "is another family than the first line's",
				"Give a file with the one family of this case")
		}
		if first, twice := at[p.ID]; twice {
			return pedError("ped_duplicate", name, p.line, "individual", fmt.Sprintf("was given on line %d already", first.line),
				"Keep one line for each person")
		}
		at[p.ID] = p
	}
	for _, p := range people {
		if err := checkParents(p, at, name); err != nil {
			return err
		}
	}
	if err := checkTwins(people, name); err != nil {
		return err
	}
	return checkCycle(people, at, name)
}

func checkParents(p pedLine, at map[string]pedLine, name string) error {
	for _, parent := range []struct {
		field, id string
		not       Sex
	}{{"father", p.Father, Female}, {"mother", p.Mother, Male}} {
		if parent.id == "" {
			continue
		}
		q, ok := at[parent.id]
		switch {
		case !ok:
			return pedError("ped_unknown_parent", name, p.line, parent.field, fmt.Sprintf("%q has no line of its own", parent.id),
				"Add a line for this parent, or write 0 where the parent is not in the pedigree")
		case q.Sex == parent.not:
			return pedError("ped_parent_sex", name, p.line, parent.field, fmt.Sprintf("%q is declared %s on line %d", parent.id, q.Sex, q.line),
				"Correct the sex or swap the parents")
		}
	}
	if p.Father != "" && p.Father == p.Mother {
		return pedError("ped_parent_sex", name, p.line, "mother", "father and mother are the same person", "Correct the parents")
	}
	return nil
}

// checkCycle walks from each person to the ancestors.
func checkCycle(people []pedLine, at map[string]pedLine, name string) error {
	const open, done = 1, 2
	state := map[string]int{}
	var walk func(id string) bool
	walk = func(id string) bool {
		if id == "" || state[id] == done {
			return true
		}
		if state[id] == open {
			return false
		}
		state[id] = open
		ok := walk(at[id].Father) && walk(at[id].Mother)
		state[id] = done
		return ok
	}
	for _, p := range people {
		if !walk(p.ID) {
			return pedError("ped_cycle", name, p.line, "individual", fmt.Sprintf("%q is among their own ancestors", p.ID),
				"Correct the father and mother columns")
		}
	}
	return nil
}

// CheckPedigree holds the pedigree against the sample names of a file and gives
// the intake check "pedigree". A person of the pedigree without a sample is a
// warning, for criteria that need the genotype cannot be assessed; a sample
// outside the pedigree is told. f nil is not assessed.
func CheckPedigree(f *Family, proband string, samples []string) Check {
	c := Check{Name: "pedigree"}
	if f == nil || len(f.Members) == 0 {
		c.Outcome = CheckNotAssessed
		c.Detail = "No pedigree was given: inheritance from parents is not assessed."
		return c
	}
	if _, ok := f.Member(proband); !ok {
		c.Outcome = Fail
		c.Detail = "The proband is not in the pedigree."
		return c
	}
	have := map[string]bool{}
	for _, s := range samples {
		have[s] = true
	}
	var without, extra []string
	for _, m := range f.Members {
		if !have[m.ID] {
			without = append(without, m.ID)
		}
		delete(have, m.ID)
	}
	for _, s := range samples {
		if have[s] {
			extra = append(extra, s)
		}
	}
	switch {
	case without != nil:
		c.Outcome = Warn
		c.Detail = fmt.Sprintf("%s of the pedigree without a sample in the file: %s.", people(len(without)), strings.Join(without, ", "))
	case extra != nil:
		c.Outcome = Pass
		c.Detail = fmt.Sprintf("All members of the pedigree have a sample; %s of the file not in it: %s.", people(len(extra)), strings.Join(extra, ", "))
	default:
		c.Outcome = Pass
		c.Detail = fmt.Sprintf("All %d members of the pedigree have a sample.", len(f.Members))
	}
	return c
}

func people(n int) string {
	if n == 1 {
		return "1 person"
	}
	return fmt.Sprintf("%d people", n)
}

// CheckSex holds the sex declared for the proband against the pedigree and
// gives the intake check "sex". The genotypes are not looked at here, and
// neither answer is corrected.
func CheckSex(declared Sex, f *Family, proband string) Check {
	c := Check{Name: "sex", Outcome: CheckNotAssessed}
	inPED := SexUnknown
	if f != nil {
		if m, ok := f.Member(proband); ok {
			inPED = m.Sex
		}
	}
	known := func(s Sex) bool { return s == Male || s == Female }
	switch {
	case known(declared) && known(inPED) && declared != inPED:
		c.Outcome = Fail
		c.Detail = fmt.Sprintf("The request says %s, the pedigree says %s.", declared, inPED)
	case known(declared) && known(inPED):
		c.Outcome = Pass
		c.Detail = fmt.Sprintf("The request and the pedigree both say %s.", declared)
	case known(declared):
		c.Detail = fmt.Sprintf("The request says %s; no pedigree gives the sex to compare it with.", declared)
	case known(inPED):
		c.Detail = fmt.Sprintf("The pedigree says %s; the request gives no sex to compare it with.", inPED)
	default:
		c.Detail = "The sex of the proband is not known: hemizygous calls on X and Y are shown as they are."
	}
	return c
}
