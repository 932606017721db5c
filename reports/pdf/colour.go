package pdf

import (
	"encoding/binary"
	"math"

	"garrod/reports/object"
)

// outputIntent says that colours are sRGB.
func (b *builder) outputIntent() object.Ref {
	profile := b.add(object.Stream{
		Dict: object.Dict{"N": object.Integer(3), "Filter": object.Name("FlateDecode")}, Data: deflate(sRGB()),
	})
	return b.add(object.Dict{
		"Type": object.Name("OutputIntent"), "S": object.Name("GTS_PDFA1"),
		"OutputConditionIdentifier": text("sRGB"), "Info": text("sRGB IEC61966-2.1"), "DestOutputProfile": profile,
	})
}

// sRGB makes an ICC version 2 monitor profile (ICC.1:2001-04) from the primaries
// and the transfer curve of IEC 61966-2-1, adapted to D50 by Bradford's method.
func sRGB() []byte {
	type tag struct {
		name string
		data []byte
	}
	curve := transferCurve()
	tags := []tag{
		{"desc", description("sRGB")},
		{"cprt", append([]byte("text\x00\x00\x00\x00"), "No copyright, use freely\x00"...)},
		{"wtpt", xyz(0.9642, 1, 0.8249)},
		{"rXYZ", xyz(0.4360747, 0.2225045, 0.0139322)},
		{"gXYZ", xyz(0.3850649, 0.7168786, 0.0971045)},
		{"bXYZ", xyz(0.1430804, 0.0606169, 0.7141733)},
		{"rTRC", curve},
		{"gTRC", curve},
		{"bTRC", curve},
	}
	var table, data []byte
	table = binary.BigEndian.AppendUint32(table, uint32(len(tags)))
	start := 128 + 4 + 12*len(tags)
	for i, t := range tags {
		offset := start + len(data)
		if t.name == "gTRC" || t.name == "bTRC" { // shares the red one
			offset = start + len(data) - padded(len(curve))
		} else {
			data = append(data, t.data...)
			data = append(data, make([]byte, padded(len(t.data))-len(t.data))...)
		}
		table = append(table, t.name...)
		table = binary.BigEndian.AppendUint32(table, uint32(offset))
		table = binary.BigEndian.AppendUint32(table, uint32(len(tags[i].data)))
	}
	out := append(profileHead(start+len(data)), table...)
	return append(out, data...)
}

func padded(n int) int { return (n + 3) &^ 3 }

// profileHead is the 128-byte header; the date is that of the standard.
func profileHead(size int) []byte {
	h := make([]byte, 128)
	binary.BigEndian.PutUint32(h, uint32(size))
	copy(h[8:], "\x02\x10\x00\x00mntrRGB XYZ ")
	for i, v := range []uint16{1999, 10, 18, 0, 0, 0} {
		binary.BigEndian.PutUint16(h[24+2*i:], v)
	}
	copy(h[36:], "acsp")
	copy(h[68:], xyz(0.9642, 1, 0.8249)[8:])
	return h
}

func description(s string) []byte {
	b := append([]byte("desc\x00\x00\x00\x00"), binary.BigEndian.AppendUint32(nil, uint32(len(s)+1))...)
	b = append(b, s...)
	return append(b, make([]byte, 1+4+4+2+1+67)...)
}

// xyz writes three numbers in 16.16 fixed point.
func xyz(v ...float64) []byte {
	b := []byte("XYZ \x00\x00\x00\x00")
	for _, x := range v {
		b = binary.BigEndian.AppendUint32(b, uint32(math.Round(x*65536)))
	}
	return b
}

// transferCurve samples the transfer function of sRGB.
func transferCurve() []byte {
	const n = 1024
	b := binary.BigEndian.AppendUint32([]byte("curv\x00\x00\x00\x00"), n)
	for i := range n {
		x := float64(i) / (n - 1)
		y := x / 12.92
		if x > 0.04045 {
			y = math.Pow((x+0.055)/1.055, 2.4)
		}
		b = binary.BigEndian.AppendUint16(b, uint16(math.Round(y*65535)))
	}
	return b
}
