package acmg

import (
	"bytes"
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"
)

// placeError is what a strict reader found wrong, and at which field.
type placeError struct{ field, what string }

func (e *placeError) Error() string {
	if e.field == "" {
		return e.what
	}
	return e.field + ": " + e.what
}

func misplaced(field, format string, args ...any) *placeError {
	return &placeError{strings.TrimPrefix(field, "."), fmt.Sprintf(format, args...)}
}

// maxDepth bounds nesting, so that hostile input cannot exhaust the stack.
const maxDepth = 32

// readTree reads exactly one JSON value. Objects become map[string]any, numbers
// json.Number. Unlike encoding/json it refuses a name given twice, text after
// the value and bytes that are not UTF-8.
func readTree(data []byte) (any, *placeError) {
	if !utf8.Valid(data) {
		return nil, misplaced("", "not UTF-8 text")
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	v, err := readValue(d, "", 0)
	if err != nil {
		return nil, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, misplaced("", "something follows the value at byte %d", d.InputOffset())
	}
	return v, nil
}

func readValue(d *json.Decoder, path string, depth int) (any, *placeError) {
	if depth > maxDepth {
		return nil, misplaced(path, "nested more than %d deep", maxDepth)
	}
	t, err := d.Token()
	if err != nil {
		return nil, syntax(d, path, err)
	}
	switch t {
	case json.Delim('{'):
		return readObject(d, path, depth)
	case json.Delim('['):
		return readArray(d, path, depth)
	}
	return t, nil
}

func syntax(d *json.Decoder, path string, err error) *placeError {
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return misplaced(path, "not JSON at byte %d: %v", d.InputOffset(), err)
}

func readObject(d *json.Decoder, path string, depth int) (any, *placeError) {
	m := map[string]any{}
	for d.More() {
		t, err := d.Token()
		if err != nil {
			return nil, syntax(d, path, err)
		}
		name, _ := t.(string)
		if _, twice := m[name]; twice {
			return nil, misplaced(path+"."+name, "given twice")
		}
		v, bad := readValue(d, path+"."+name, depth+1)
		if bad != nil {
			return nil, bad
		}
		m[name] = v
	}
	if _, err := d.Token(); err != nil {
		return nil, syntax(d, path, err)
	}
	return m, nil
}

func readArray(d *json.Decoder, path string, depth int) (any, *placeError) {
	list := []any{}
	for d.More() {
		v, bad := readValue(d, fmt.Sprintf("%s[%d]", path, len(list)), depth+1)
		if bad != nil {
			return nil, bad
		}
		list = append(list, v)
	}
	if _, err := d.Token(); err != nil {
		return nil, syntax(d, path, err)
	}
	return list, nil
}

// filler puts a tree into a value, field by field. Names must match exactly; a
// field without "omitempty" must be there and not be null, unless partial.
type filler struct {
	partial bool
	limits  map[string]limit // by "Type.field"
}

// limit bounds the values of one field.
type limit struct {
	words  string // allowed texts, parted by |
	lo, hi float64
	ranged bool
}

func (f filler) fill(path string, tree any, v reflect.Value, lim limit) *placeError {
	if tree == nil {
		return misplaced(path, "null is not allowed here")
	}
	if u, ok := v.Addr().Interface().(encoding.TextUnmarshaler); ok {
		s, ok := tree.(string)
		if !ok {
			return misplaced(path, "want text, got %s", kindOf(tree))
		}
		if err := u.UnmarshalText([]byte(s)); err != nil {
			return misplaced(path, "%v", err)
		}
		return nil
	}
	return f.fillKind(path, tree, v, lim)
}

func (f filler) fillKind(path string, tree any, v reflect.Value, lim limit) *placeError {
	switch v.Kind() {
	case reflect.Pointer:
		p := reflect.New(v.Type().Elem())
		v.Set(p)
		return f.fill(path, tree, p.Elem(), lim)
	case reflect.Struct:
		return f.fillStruct(path, tree, v)
	case reflect.Map:
		return f.fillMap(path, tree, v)
	case reflect.Slice:
		return f.fillSlice(path, tree, v, lim)
	case reflect.String:
		return fillString(path, tree, v, lim)
	case reflect.Bool:
		b, ok := tree.(bool)
		if !ok {
			return misplaced(path, "want true or false, got %s", kindOf(tree))
		}
		v.SetBool(b)
		return nil
	case reflect.Int, reflect.Int64, reflect.Float64:
		return fillNumber(path, tree, v, lim)
	}
	return misplaced(path, "no reader for %s", v.Type())
}

func (f filler) fillStruct(path string, tree any, v reflect.Value) *placeError {
	m, ok := tree.(map[string]any)
	if !ok {
		return misplaced(path, "want an object, got %s", kindOf(tree))
	}
	known := map[string]bool{}
	t := v.Type()
	for i := range t.NumField() {
		name, options, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		if name == "" {
			continue
		}
		known[name] = true
		sub := m[name]
		required := options != "omitempty" && !f.partial
		if sub == nil && required {
			return misplaced(path+"."+name, "missing")
		}
		if sub == nil {
			continue
		}
		if bad := f.fill(path+"."+name, sub, v.Field(i), f.limits[t.Name()+"."+name]); bad != nil {
			return bad
		}
		if required && v.Field(i).Kind() == reflect.String && v.Field(i).Len() == 0 {
			return misplaced(path+"."+name, "empty")
		}
	}
	for _, name := range sortedKeys(m) {
		if !known[name] {
			return misplaced(path+"."+name, "unknown field")
		}
	}
	return nil
}

func (f filler) fillMap(path string, tree any, v reflect.Value) *placeError {
	m, ok := tree.(map[string]any)
	if !ok {
		return misplaced(path, "want an object, got %s", kindOf(tree))
	}
	v.Set(reflect.MakeMapWithSize(v.Type(), len(m)))
	for _, name := range sortedKeys(m) {
		if m[name] == nil && f.partial {
			continue
		}
		key := reflect.New(v.Type().Key()).Elem()
		if bad := f.fill(path+"."+name, name, key, limit{}); bad != nil {
			return bad
		}
		if v.MapIndex(key).IsValid() {
			return misplaced(path+"."+name, "given twice in two spellings")
		}
		elem := reflect.New(v.Type().Elem()).Elem()
		if bad := f.fill(path+"."+name, m[name], elem, limit{}); bad != nil {
			return bad
		}
		v.SetMapIndex(key, elem)
	}
	return nil
}

func (f filler) fillSlice(path string, tree any, v reflect.Value, lim limit) *placeError {
	list, ok := tree.([]any)
	if !ok {
		return misplaced(path, "want a list, got %s", kindOf(tree))
	}
	v.Set(reflect.MakeSlice(v.Type(), len(list), len(list)))
	for i, item := range list {
		place := fmt.Sprintf("%s[%d]", path, i)
		if item == nil {
			return misplaced(place, "null is not allowed here")
		}
		if bad := f.fill(place, item, v.Index(i), lim); bad != nil {
			return bad
		}
	}
	return nil
}

func fillString(path string, tree any, v reflect.Value, lim limit) *placeError {
	s, ok := tree.(string)
	if !ok {
		return misplaced(path, "want text, got %s", kindOf(tree))
	}
	if lim.words != "" && !strings.Contains("|"+lim.words+"|", "|"+s+"|") {
		return misplaced(path, "%q is not one of %s", s, strings.ReplaceAll(lim.words, "|", ", "))
	}
	v.SetString(s)
	return nil
}

func fillNumber(path string, tree any, v reflect.Value, lim limit) *placeError {
	n, ok := tree.(json.Number)
	if !ok {
		return misplaced(path, "want a number, got %s", kindOf(tree))
	}
	x, err := strconv.ParseFloat(n.String(), 64)
	if err != nil || math.IsInf(x, 0) {
		return misplaced(path, "number %s is out of range", n)
	}
	if lim.ranged && (x < lim.lo || x > lim.hi) {
		return misplaced(path, "%s is not between %s and %s", n, number(lim.lo), number(lim.hi))
	}
	if v.Kind() == reflect.Float64 {
		v.SetFloat(x)
		return nil
	}
	i, err := strconv.ParseInt(n.String(), 10, 64)
	if err != nil {
		return misplaced(path, "want a whole number, got %s", n)
	}
	v.SetInt(i)
	return nil
}

func kindOf(tree any) string {
	switch tree.(type) {
	case nil:
		return "null"
	case string:
		return "text"
	case json.Number:
		return "a number"
	case bool:
		return "true or false"
	case []any:
		return "a list"
	}
	return "an object"
}
