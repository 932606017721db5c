package summary

import "math"

// cells is one column of a file: n cells of width bytes. In a block of cells the
// lowest bytes of all stand first, then the next ones, for alike bytes side by
// side compress best.
type cells struct {
	n, width int
	grow     func(n int)
	put      func(to []byte, first int)   // len(to)/width cells from the first on
	take     func(from []byte, first int) // likewise
}

func cells8[T ~uint8](p *[]T) cells {
	return cells{
		n: len(*p), width: 1,
		grow: func(n int) { *p = make([]T, n) },
		put: func(to []byte, first int) {
			for i, v := range (*p)[first : first+len(to)] {
				to[i] = byte(v)
			}
		},
		take: func(from []byte, first int) {
			column := (*p)[first : first+len(from)]
			for i := range column {
				column[i] = T(from[i])
			}
		},
	}
}

func cells16[T ~uint16](p *[]T) cells {
	return cells{
		n: len(*p), width: 2,
		grow: func(n int) { *p = make([]T, n) },
		put: func(to []byte, first int) {
			n := len(to) / 2
			low, high := to[:n], to[n:2*n]
			for i, v := range (*p)[first : first+n] {
				low[i], high[i] = byte(v), byte(v>>8)
			}
		},
		take: func(from []byte, first int) {
			n := len(from) / 2
			low, high := from[:n], from[n:2*n]
			column := (*p)[first : first+n]
			for i := range column {
				column[i] = T(low[i]) | T(high[i])<<8
			}
		},
	}
}

// cells32 writes numbers as they are, or by how much each is greater than the one
// before it in the block.
func cells32(p *[]uint32, steps bool) cells {
	return cells{
		n: len(*p), width: 4,
		grow: func(n int) { *p = make([]uint32, n) },
		put: func(to []byte, first int) {
			n := len(to) / 4
			a, b, c, d := to[:n], to[n:2*n], to[2*n:3*n], to[3*n:4*n]
			before := uint32(0)
			for i, v := range (*p)[first : first+n] {
				x := v - before
				if steps {
					before = v
				}
				a[i], b[i], c[i], d[i] = byte(x), byte(x>>8), byte(x>>16), byte(x>>24)
			}
		},
		take: func(from []byte, first int) {
			n := len(from) / 4
			a, b, c, d := from[:n], from[n:2*n], from[2*n:3*n], from[3*n:4*n]
			column := (*p)[first : first+n]
			before := uint32(0)
			for i := range column {
				v := (uint32(a[i]) | uint32(b[i])<<8 | uint32(c[i])<<16 | uint32(d[i])<<24) + before
				column[i] = v
				if steps {
					before = v
				}
			}
		},
	}
}

// cellsFreq writes frequencies by their place in the image's list, or as the bits
// of float32 where the list is empty. Places beyond the list become NaN: a file
// with a right checksum has none.
func cellsFreq(p *[]float32, m *image) cells {
	return cells{
		n: len(*p), width: 4,
		grow: func(n int) { *p = make([]float32, n) },
		put: func(to []byte, first int) {
			n := len(to) / 4
			for i, v := range (*p)[first : first+n] {
				x := math.Float32bits(v)
				if len(m.freqs) > 0 {
					x = m.freqIDs[x]
				}
				to[i], to[n+i], to[2*n+i], to[3*n+i] = byte(x), byte(x>>8), byte(x>>16), byte(x>>24)
			}
		},
		take: func(from []byte, first int) {
			n := len(from) / 4
			column := (*p)[first : first+n]
			for i := range column {
				x := uint32(from[i]) | uint32(from[n+i])<<8 | uint32(from[2*n+i])<<16 | uint32(from[3*n+i])<<24
				switch {
				case len(m.freqs) == 0:
				case int(x) < len(m.freqs):
					x = m.freqs[x]
				default:
					x = math.Float32bits(float32(math.NaN()))
				}
				column[i] = math.Float32frombits(x)
			}
		},
	}
}

// columns lists the columns of a file: those of the rows, of which each has as
// many cells as there are rows, then those of the image.
func columns(s *Summary, m *image) (ofRows, ofImage []cells) {
	ofRows = []cells{
		cells32(&s.Pos, true), cells8(&s.Allele), cells8(&s.Flags), cellsFreq(&s.Freq, m), cells8(&s.Splice), cells16(&s.Qual),
		cells32(&s.Genes, false), cells32(&s.Rows, false), cells16(&s.Views), cells32(&m.at, true),
	}
	for i := range s.Calls {
		c := &s.Calls[i]
		ofRows = append(ofRows, cells8(&c.GT), cells8(&c.Depth), cells8(&c.GQ), cells8(&c.Share))
	}
	ofImage = []cells{
		cells8(&m.text), cells32(&m.textSizes, false), cells32(&m.genes, true),
		cells32(&m.geneSets, false), cells32(&m.geneSizes, false), cells32(&m.rows, false),
		cells32(&m.rowSets, false), cells32(&m.rowSizes, false), cells8(&m.views), cells32(&m.freqs, true),
		cells32(&m.long.Rows, true), cells8(&m.long.Text),
		cells32(&m.from, false), cells32(&m.sizes, false), cells32(&m.blocksLo, true), cells32(&m.blocksHi, true),
	}
	return ofRows, ofImage
}
