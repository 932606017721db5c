package acmg

import (
	"fmt"
	"strconv"
	"strings"
)

// hundredths is how many units of Points make one point.
const hundredths = 100

// String writes whole points without a fraction ("9", "-4") and others with up
// to two decimals ("0.25").
func (p Points) String() string {
	sign, n := "", int64(p)
	if n < 0 {
		sign, n = "-", -n
	}
	s := sign + strconv.FormatInt(n/hundredths, 10)
	if frac := n % hundredths; frac != 0 {
		s += strings.TrimRight(fmt.Sprintf(".%02d", frac), "0")
	}
	return s
}

// MarshalJSON writes the points as a number: 9, -4, 0.25.
func (p Points) MarshalJSON() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalJSON reads a number with at most two decimals, exactly.
func (p *Points) UnmarshalJSON(b []byte) error {
	v, err := parsePoints(string(b))
	if err == nil {
		*p = v
	}
	return err
}

func parsePoints(s string) (Points, error) {
	bad := fmt.Errorf("points %q: want a number with at most two decimals", s)
	whole, frac, dotted := strings.Cut(s, ".")
	if len(frac) > 2 || dotted && frac == "" {
		return 0, bad
	}
	negative := strings.HasPrefix(whole, "-")
	digits := strings.TrimPrefix(whole, "-") + (frac + "00")[:2]
	if strings.Trim(digits, "0123456789") != "" || strings.TrimPrefix(whole, "-") == "" {
		return 0, bad
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return 0, bad
	}
	if negative {
		n = -n
	}
	return Points(n), nil
}

func (p Points) magnitude() Points { return max(p, -p) }
