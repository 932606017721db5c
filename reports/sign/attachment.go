package sign

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"garrod/reports/object"
	"garrod/review"
)

// ProofName is the name of the file inside the PDF that holds the proof.
const ProofName = "garrod-proof.json"

// maxProof bounds the proof in bytes.
const maxProof = 64 << 20

var errNoProof = errors.New("the report carries no proof (" + ProofName + ")")

// Attachment returns the proof embedded in a report, as it is. It verifies
// nothing; call [Verify] first. A file that cannot be read, or has none or more
// than one, is a *review.InputError.
func Attachment(b []byte) ([]byte, error) {
	f, err := object.Parse(b)
	if err == nil {
		b, err = proof(f)
	}
	if err != nil {
		return nil, &review.InputError{
			Code: "proof_unreadable", What: err.Error(),
			Remedy: "Take the report's file as it was issued.", Err: err,
		}
	}
	return b, nil
}

// proof finds the embedded file; errNoProof when there is none.
func proof(f *object.File) ([]byte, error) {
	names := f.Dict(f.Root()["Names"])
	specs := embeddedFiles(f, names["EmbeddedFiles"])
	var found object.Dict
	for _, d := range specs {
		if textOf(f, d["UF"]) != ProofName && textOf(f, d["F"]) != ProofName {
			continue
		}
		if found != nil {
			return nil, errors.New("the report carries more than one proof")
		}
		found = d
	}
	if found == nil {
		return nil, errNoProof
	}
	s, ok := f.Resolve(f.Dict(found["EF"])["F"]).(object.Stream)
	if !ok {
		return nil, errors.New("the report's proof is damaged")
	}
	data, err := s.Decode(maxProof)
	if err != nil {
		return nil, fmt.Errorf("read the report's proof: %w", err)
	}
	return data, nil
}

// embeddedFiles walks the name tree; a node met twice, or more than 1,000 of
// them, are left out.
func embeddedFiles(f *object.File, root object.Object) []object.Dict {
	var out []object.Dict
	seen := map[object.Ref]bool{}
	todo := []object.Object{root}
	for len(todo) > 0 && len(seen) <= maxFields {
		node := todo[0]
		todo = todo[1:]
		if r, ok := node.(object.Ref); ok {
			if seen[r] {
				continue
			}
			seen[r] = true
		}
		d := f.Dict(node)
		list := f.Array(d["Names"])
		for i := 1; i < len(list); i += 2 {
			if spec := f.Dict(list[i]); spec != nil {
				out = append(out, spec)
			}
		}
		todo = append(todo, f.Array(d["Kids"])...)
	}
	return out
}

// schemaOf returns the top-level schema of the proof as text, empty when it has
// none that is a short text or a number.
func schemaOf(proof []byte) string {
	var top struct {
		Schema json.RawMessage `json:"schema"`
	}
	if json.Unmarshal(proof, &top) != nil || len(top.Schema) == 0 || len(top.Schema) > 100 {
		return ""
	}
	var text string
	if json.Unmarshal(top.Schema, &text) == nil {
		return text
	}
	if strings.ContainsAny(string(top.Schema), "{[") || string(top.Schema) == "null" {
		return ""
	}
	return string(top.Schema)
}
