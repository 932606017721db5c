package made

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"fmt"
	"hash/crc32"
)

// blockSize is how much text goes into one BGZF block: less than bgzip's
// 65,280, so that a small file has many blocks.
const blockSize = 16384

// eofBlock is the empty block that ends a BGZF file (SAM specification, 4.1.2).
var eofBlock = []byte{
	0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 0xff, 6, 0, 'B', 'C', 2, 0, 0x1b, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0,
}

// bgzf is a compressed file and where its blocks begin.
type bgzf struct {
	data   []byte
	blocks []int // offset of each block, the end block included
}

// compress turns text into BGZF.
func compress(text []byte) (bgzf, error) {
	var z bgzf
	for len(text) > 0 {
		n := min(len(text), blockSize)
		b, err := block(text[:n])
		if err != nil {
			return bgzf{}, fmt.Errorf("compress: %w", err)
		}
		z.blocks = append(z.blocks, len(z.data))
		z.data = append(z.data, b...)
		text = text[n:]
	}
	z.blocks = append(z.blocks, len(z.data))
	z.data = append(z.data, eofBlock...)
	return z, nil
}

// virtual is the BGZF virtual offset of a byte of the uncompressed text.
func (z bgzf) virtual(offset int) uint64 {
	return uint64(z.blocks[offset/blockSize])<<16 | uint64(offset%blockSize)
}

// block makes one BGZF block: a gzip member whose extra field has its length.
func block(text []byte) ([]byte, error) {
	var body bytes.Buffer
	w, err := flate.NewWriter(&body, flate.DefaultCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(text); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	const overhead = 18 + 8 // head and tail
	out := []byte{0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 0xff, 6, 0, 'B', 'C', 2, 0}
	out = binary.LittleEndian.AppendUint16(out, uint16(body.Len()+overhead-1))
	out = append(out, body.Bytes()...)
	out = binary.LittleEndian.AppendUint32(out, crc32.ChecksumIEEE(text))
	return binary.LittleEndian.AppendUint32(out, uint32(len(text))), nil
}
