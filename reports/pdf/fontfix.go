package pdf

import (
	"bytes"
	"errors"
	"fmt"

	"garrod/reports/object"
)

// mendFonts gives every font a correct map back to text and the name of a
// subset. gofpdf uses the UTF-16 code of a character as its code in the font, so
// that the map is the identity; the one it writes is not legal, because its
// range crosses the first byte.
func (b *builder) mendFonts() error {
	var toUnicode object.Ref
	for i, o := range b.objects {
		d, ok := o.(object.Dict)
		if !ok || d["Type"] != object.Name("Font") && d["Type"] != object.Name("FontDescriptor") {
			continue
		}
		if d["Subtype"] == object.Name("Type0") {
			if toUnicode.Num == 0 {
				toUnicode = b.add(identityMap())
			}
			d = d.With("ToUnicode", toUnicode)
		}
		for _, key := range []object.Name{"BaseFont", "FontName"} {
			if name, ok := d[key].(object.Name); ok {
				d = d.With(key, subsetName(name))
			}
		}
		b.objects[i] = d
	}
	if toUnicode.Num == 0 {
		return errors.New("the file has no embedded font")
	}
	return nil
}

// names of the embedded fonts by what gofpdf makes of family and style.
var names = map[object.Name]object.Name{
	"utf8sans": "LiberationSans", "utf8sansB": "LiberationSans-Bold", "utf8mono": "LiberationMono",
}

// subsetName gives a font its own name, with the six letters that mark a font of
// which only the characters in use are embedded.
func subsetName(n object.Name) object.Name {
	if own, ok := names[n]; ok {
		n = own
	}
	return "GARROD+" + n
}

// identityMap maps every code to itself, in 256 ranges, 100 to a block at most
// (Adobe Technical Note 5014).
func identityMap() object.Stream {
	var b bytes.Buffer
	b.WriteString(`/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
`)
	for first := 0; first < 256; first += 100 {
		n := min(100, 256-first)
		fmt.Fprintf(&b, "%d beginbfrange\n", n)
		for i := first; i < first+n; i++ {
			low := i << 8
			if low == 0 {
				low = 1 // code 0 stands for no character
			}
			fmt.Fprintf(&b, "<%04X> <%02XFF> <%04X>\n", low, i, low)
		}
		b.WriteString("endbfrange\n")
	}
	b.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
	return object.Stream{Dict: object.Dict{"Filter": object.Name("FlateDecode")}, Data: deflate(b.Bytes())}
}
