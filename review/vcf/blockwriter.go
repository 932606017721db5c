package vcf

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"hash/crc32"
	"io"
)

// blockWriter writes lines as BGZF (SAM specification, section 4.1).
type blockWriter struct {
	w    io.Writer
	text []byte
	zip  bytes.Buffer
	z    *flate.Writer
}

// blockText is how much text goes into a block, so that even what does not
// compress stays below 64 KiB.
const blockText = 0xff00

// endOfFile is the empty block that ends a sound file.
var endOfFile = []byte{
	0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 0xff, 6, 0, 'B', 'C', 2, 0, 0x1b, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0,
}

func newBlockWriter(w io.Writer) *blockWriter { return &blockWriter{w: w} }

// write adds s and a line feed.
func (b *blockWriter) write(s string) error {
	b.text = append(append(b.text, s...), '\n')
	full := b.text
	for len(full) >= blockText {
		if err := b.block(full[:blockText]); err != nil {
			return err
		}
		full = full[blockText:]
	}
	b.text = append(b.text[:0], full...)
	return nil
}

// Close writes what is left and the end-of-file block.
func (b *blockWriter) Close() error {
	if len(b.text) > 0 {
		if err := b.block(b.text); err != nil {
			return err
		}
	}
	_, err := b.w.Write(endOfFile)
	return err
}

func (b *blockWriter) block(text []byte) error {
	b.zip.Reset()
	b.zip.Write([]byte{0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 0xff, 6, 0, 'B', 'C', 2, 0, 0, 0})
	if b.z == nil {
		z, err := flate.NewWriter(&b.zip, flate.DefaultCompression)
		if err != nil {
			return err
		}
		b.z = z
	}
	b.z.Reset(&b.zip)
	if _, err := b.z.Write(text); err != nil {
		return err
	}
	if err := b.z.Close(); err != nil {
		return err
	}
	tail := binary.LittleEndian.AppendUint32(nil, crc32.ChecksumIEEE(text))
	b.zip.Write(binary.LittleEndian.AppendUint32(tail, uint32(len(text))))
	block := b.zip.Bytes()
	binary.LittleEndian.PutUint16(block[16:], uint16(len(block)-1))
	_, err := b.w.Write(block)
	return err
}
