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
	var err error
	m.Fields, err = parseFields(inner)
	return m, err
}

// parseFields reads name=value pairs separated by commas outside quotes.
func parseFields(s string) ([]metaField, error) {
	var fields []metaField
	seen := map[string]bool{}
	var twice error
	for s != "" {
		name, rest, ok := strings.Cut(s, "=")
		name = strings.TrimSpace(name)
		if !ok || name == "" || strings.ContainsAny(name, ",\"") {
			return fields, errFieldName
		}
		var value string
		var err error
		if value, s, err = fieldValue(rest); err != nil {
			return fields, err
		}
		if seen[name] && twice == nil {
			twice = fmt.Errorf("gives %s twice", name)
		}
		seen[name] = true
		fields = append(fields, metaField{name, value})
	}
	return fields, twice
}

// fieldValue reads one value, quoted or not, and returns what follows its comma.
func fieldValue(s string) (value, rest string, err error) {
	if !strings.HasPrefix(s, `"`) {
		value, rest, _ = strings.Cut(s, ",")
		return value, rest, nil
	}
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 < len(s) && (s[i+1] == '"' || s[i+1] == '\\'):
			i++
			b.WriteByte(s[i])
		case s[i] == '"':
			return b.String(), strings.TrimPrefix(s[i+1:], ","), nil
		default:
			b.WriteByte(s[i])
		}
	}
	return "", "", errQuote
}
