package acmg

import (
	"encoding/json"
	"fmt"
)

// classes from benign to pathogenic; the index plus one is the UK class number.
var classes = [...]struct {
	class Class
	word  string
}{
	{ClassBenign, "Benign"},
	{ClassLikelyBenign, "Likely benign"},
	{ClassUncertain, "Uncertain significance"},
	{ClassLikelyPathogenic, "Likely pathogenic"},
	{ClassPathogenic, "Pathogenic"},
}

// Number is the class as UK reports number it, 1 (benign) to 5 (pathogenic); 0
// when the class is withheld or unknown.
func (c Class) Number() int {
	for i, k := range classes {
		if k.class == c {
			return i + 1
		}
	}
	return 0
}

// Word is the class in words, "Likely pathogenic" for instance; "Withheld" for
// ClassWithheld.
func (c Class) Word() string {
	if n := c.Number(); n > 0 {
		return classes[n-1].word
	}
	if c == ClassWithheld {
		return "Withheld"
	}
	return string(c)
}

// Direction is the side of the class; false for VUS and withheld.
func (c Class) Direction() (Direction, bool) {
	switch c {
	case ClassPathogenic, ClassLikelyPathogenic:
		return Pathogenic, true
	case ClassBenign, ClassLikelyBenign:
		return Benign, true
	}
	return 0, false
}

// MarshalJSON writes null for ClassWithheld.
func (c Class) MarshalJSON() ([]byte, error) {
	if c == ClassWithheld {
		return []byte("null"), nil
	}
	return json.Marshal(string(c))
}

// UnmarshalJSON reads one of the five tiers, or null for ClassWithheld.
func (c *Class) UnmarshalJSON(b []byte) error {
	var s *string
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s == nil {
		*c = ClassWithheld
		return nil
	}
	if Class(*s).Number() == 0 {
		return fmt.Errorf("unknown class %q: want P, LP, VUS, LB or B", *s)
	}
	*c = Class(*s)
	return nil
}
