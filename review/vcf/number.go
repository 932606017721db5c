package vcf

import (
	"math"
	"strconv"
	"strings"
)

// numberKind tells apart what stands where a number should.
type numberKind uint8

const (
	missing    numberKind = iota // "." or nothing
	finite                       // a number
	notANumber                   // NaN
	infinite                     // Inf or -Inf
	notNumber                    // text
)

// parseFloat reads a Float of the VCF specification, which writes infinities and
// NaN in several ways. Only a finite number has a value.
func parseFloat(s string) (float64, numberKind) {
	if s == "" || s == "." {
		return 0, missing
	}
	switch strings.ToLower(strings.TrimLeft(s, "+-")) {
	case "nan":
		return 0, notANumber
	case "inf", "infinity":
		return 0, infinite
	}
	// ParseFloat also takes hexadecimal and underscores, which VCF does not.
	if strings.ContainsAny(s, "xX_pP") {
		return 0, notNumber
	}
	v, err := strconv.ParseFloat(s, 64)
	switch {
	case math.IsInf(v, 0):
		return 0, infinite
	case err != nil:
		return 0, notNumber
	}
	return v, finite
}

// number returns a finite number, nil for anything else.
func number(s string) *float64 {
	if v, k := parseFloat(s); k == finite {
		return &v
	}
	return nil
}

// whole returns a number that is not negative, rounded where the file has a
// fraction (GQ of some callers), nil for anything else.
func whole(s string) *int {
	v := number(s)
	if v == nil || *v < 0 || *v > math.MaxInt32 {
		return nil
	}
	n := int(math.Round(*v))
	return &n
}

// signed returns a whole number of either sign, nil for anything else.
func signed(s string) *int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return nil
	}
	return &n
}

// probability returns a number from 0 to 1, nil for anything else.
func probability(s string) *float64 {
	if v := number(s); v != nil && *v >= 0 && *v <= 1 {
		return v
	}
	return nil
}

// decode turns %3A and its like back into characters (VCF 4.3, section 1.2; VEP
// does the same in older files). A percent sign that starts no code stays.
func decode(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			if v, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil && v < 0x80 {
				b.WriteByte(byte(v))
				i += 2
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
