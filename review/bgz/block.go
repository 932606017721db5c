package bgz

import "encoding/binary"

// eofBlock is the empty block that ends each complete file (SAM/BAM format
// specification, section 4.1.2).
const eofBlock = "\x1f\x8b\x08\x04\x00\x00\x00\x00\x00\xff\x06\x00\x42\x43\x02\x00\x1b\x00\x03\x00\x00\x00\x00\x00\x00\x00\x00\x00"

// maxExtra returns the length of the extra field announced by the start of a
// gzip member, 0 where head is too short or announces none.
func maxExtra(head []byte) int {
	if len(head) < headerSize || head[3]&4 == 0 {
		return 0
	}
	return int(binary.LittleEndian.Uint16(head[10:]))
}

// blockSize reads the size of the whole block from its header. ok is false
// where head is not the header of a BGZF block, or is cut.
func blockSize(head []byte) (size int, ok bool) {
	if len(head) < headerSize || head[0] != gzipMagic[0] || head[1] != gzipMagic[1] || head[2] != 8 || head[3] != 4 {
		return 0, false
	}
	extra := maxExtra(head)
	if len(head) < headerSize+extra {
		return 0, false
	}
	fields := head[headerSize : headerSize+extra]
	for len(fields) >= 4 {
		n := int(binary.LittleEndian.Uint16(fields[2:]))
		if len(fields) < 4+n {
			return 0, false
		}
		if fields[0] == 'B' && fields[1] == 'C' && n == 2 {
			return int(binary.LittleEndian.Uint16(fields[4:])) + 1, true
		}
		fields = fields[4+n:]
	}
	return 0, false
}

func isBlockHeader(head []byte) bool {
	_, ok := blockSize(head)
	return ok
}
