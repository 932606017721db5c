package vcf

import (
	"errors"
	"fmt"
	"strings"
)

// metaLine is one "##KEY=value" line; Fields is set where the value is of the
// form <ID=…,…>, in the order written.
type metaLine struct {
	Key, Value string
	Fields     []metaField
	quoted     map[string]bool // fields whose value stands in quotation marks
	line       int             // 1-based
}

type metaField struct{ Name, Value string }

// get returns the value of a field, by its name.
func (m metaLine) get(name string) string {
	for _, f := range m.Fields {
		if f.Name == name {
			return f.Value
		}
	}
	return ""
}

var (
	errNoEquals  = errors.New("has no '='")
	errBrackets  = errors.New("has no closing '>'")
	errQuote     = errors.New("has a quotation mark that is not closed")
	errFieldName = errors.New("has a field without a name")
	errComma     = errors.New("has a comma behind its last field")
	errAfter     = errors.New("has something between a closing quotation mark and the comma")
)

// parseMeta reads a header line without its "##". On an error what could be read
// is returned with it.
func parseMeta(s string) (metaLine, error) {
	key, value, ok := strings.Cut(s, "=")
	m := metaLine{Key: key, Value: value}
	if !ok {
		return m, errNoEquals
	}
	if !strings.HasPrefix(value, "<") {
		return m, nil
	}
	inner, ok := strings.CutSuffix(strings.TrimRight(value[1:], " "), ">")
	if !ok {
		return m, errBrackets
	}
	err := m.parseFields(inner)
	return m, err
}

// parseFields reads name=value pairs separated by commas outside quotes and
// brackets.
func (m *metaLine) parseFields(s string) error {
	m.quoted = map[string]bool{}
	seen := map[string]bool{}
	var doubt error
	note := func(err error) {
		if doubt == nil {
			doubt = err
		}
	}
	for s != "" {
		name, rest, ok := strings.Cut(s, "=")
		name = strings.TrimSpace(name)
		if !ok || name == "" || strings.ContainsAny(name, ",\"") {
			return errFieldName
		}
		value, after, err := fieldValue(rest)
		if err != nil && !errors.Is(err, errAfter) {
			return err
		}
		note(err)
		if seen[name] {
			note(fmt.Errorf("gives %s twice", name))
		}
		seen[name] = true
		m.quoted[name] = strings.HasPrefix(rest, `"`)
		m.Fields = append(m.Fields, metaField{name, value})
		if after == "," {
			note(errComma)
		}
		s = strings.TrimPrefix(after, ",")
	}
	return doubt
}

// fieldValue reads one value, in quotes, in brackets or plain, and returns what
// follows it, from its comma on.
func fieldValue(s string) (value, rest string, err error) {
	if !strings.HasPrefix(s, `"`) {
		end := 0
		if strings.HasPrefix(s, "[") {
			end = max(strings.IndexByte(s, ']'), 0)
		}
		if i := strings.IndexByte(s[end:], ','); i >= 0 {
			return s[:end+i], s[end+i:], nil
		}
		return s, "", nil
	}
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 < len(s) && (s[i+1] == '"' || s[i+1] == '\\'):
			i++
			b.WriteByte(s[i])
		case s[i] == '"':
			rest = strings.TrimLeft(s[i+1:], " ")
			if rest == "" || rest[0] == ',' {
				return b.String(), rest, nil
			}
			// A quotation mark inside the text that is not escaped.
			if next := strings.Index(rest, `",`); next >= 0 {
				return b.String() + `"` + rest[:next], rest[next+1:], errAfter
			}
			return b.String() + `"` + strings.TrimSuffix(rest, `"`), "", errAfter
		default:
			b.WriteByte(s[i])
		}
	}
	return "", "", errQuote
}
