package object

// Object is a PDF value: [Null], [Bool], [Integer], [Real], [String],
// [HexString], [Name], [Array], [Dict], [Ref], [Stream] or [Raw]. No other type
// implements it.
type Object interface {
	appendTo(dst []byte) []byte
}

// Null is the value of an absent key and of a missing object.
type Null struct{}

// Bool is true or false.
type Bool bool

// Integer is a whole number.
type Integer int64

// Real is a number with a fraction. It is written without an exponent.
type Real float64

// String is the bytes of a literal string, without escapes; it is written in
// parentheses.
type String string

// HexString is the bytes of a string that is written as hexadecimal digits.
type HexString string

// Name is a name without its slash, escapes undone.
type Name string

// Array is a list of values.
type Array []Object

// Dict is a dictionary. It is written with Type and Subtype first and the other
// keys sorted, so that equal dictionaries give equal bytes.
type Dict map[Name]Object

// Ref points at an indirect object.
type Ref struct {
	Num int // 1 or more
	Gen int // 0 in the files this program writes
}

// Stream is a dictionary with bytes, as stored in the file (not decoded).
// Length is set by the writer from Data, whatever Dict says.
type Stream struct {
	Dict Dict
	Data []byte
}

// Raw is a value serialised by the caller, written as it is. Parsing never
// gives one.
type Raw []byte

// With returns a copy of d in which key has value v.
func (d Dict) With(key Name, v Object) Dict {
	c := d.Without(key)
	c[key] = v
	return c
}

// Without returns a copy of d that lacks the keys.
func (d Dict) Without(keys ...Name) Dict {
	c := make(Dict, len(d)+1)
	for k, v := range d {
		c[k] = v
	}
	for _, k := range keys {
		delete(c, k)
	}
	return c
}

// Map returns a copy of o in which replace has been asked for every reference,
// at any depth. Raw values are copied as they are.
func Map(o Object, replace func(Ref) Object) Object {
	switch v := o.(type) {
	case Ref:
		return replace(v)
	case Array:
		c := make(Array, len(v))
		for i := range v {
			c[i] = Map(v[i], replace)
		}
		return c
	case Dict:
		return mapDict(v, replace)
	case Stream:
		return Stream{Dict: mapDict(v.Dict, replace), Data: v.Data}
	}
	return o
}

func mapDict(d Dict, replace func(Ref) Object) Dict {
	c := make(Dict, len(d))
	for k, v := range d {
		c[k] = Map(v, replace)
	}
	return c
}

// Refs returns every reference within o, at any depth, in no stated order.
func Refs(o Object) []Ref {
	var refs []Ref
	Map(o, func(r Ref) Object {
		refs = append(refs, r)
		return r
	})
	return refs
}
