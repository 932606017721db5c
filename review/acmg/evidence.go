package acmg

import (
	"bytes"
	"encoding/json"
	"fmt"
)

type evidenceJSON struct {
	Code   Code   `json:"code"`
	Reason string `json:"reason,omitempty"`
}

// MarshalJSON writes {code, reason}. It is here because the text form of the
// embedded Code would otherwise swallow the reason; a struct that embeds
// Evidence needs one of its own for the same cause.
func (e Evidence) MarshalJSON() ([]byte, error) {
	return json.Marshal(evidenceJSON{e.Code, e.Reason})
}

// UnmarshalJSON reads {code, reason}.
func (e *Evidence) UnmarshalJSON(b []byte) error {
	var v evidenceJSON
	if err := json.Unmarshal(b, &v); err != nil {
		return err
	}
	*e = Evidence{v.Code, v.Reason}
	return nil
}

// Inputs are the values a proposal was made from, in the order they were
// looked at. In JSON they are an object from name to {value, source, version,
// operator, threshold}; a repeated name gets a number.
type Inputs []Input

type inputJSON struct {
	Value     string `json:"value"`
	Source    string `json:"source,omitempty"`
	Version   string `json:"version,omitempty"`
	Operator  string `json:"operator,omitempty"`
	Threshold string `json:"threshold,omitempty"`
}

// MarshalJSON writes an object, its members in the order of the list.
func (in Inputs) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	seen := map[string]int{}
	for i, v := range in {
		name := v.Name
		if seen[v.Name]++; seen[v.Name] > 1 {
			name = fmt.Sprintf("%s (%d)", v.Name, seen[v.Name])
		}
		if i > 0 {
			b.WriteByte(',')
		}
		b.Write(canonicalJSON(name))
		b.WriteByte(':')
		b.Write(canonicalJSON(inputJSON{v.Value, v.Source, v.Version, v.Operator, v.Threshold}))
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// UnmarshalJSON reads the object back in its order.
func (in *Inputs) UnmarshalJSON(b []byte) error {
	d := json.NewDecoder(bytes.NewReader(b))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return fmt.Errorf("inputs: want an object")
	}
	list := Inputs{}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return err
		}
		var v inputJSON
		if err := d.Decode(&v); err != nil {
			return err
		}
		text, _ := name.(string)
		list = append(list, Input{text, v.Value, v.Source, v.Version, v.Operator, v.Threshold})
	}
	*in = list
	return nil
}
