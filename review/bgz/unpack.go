package bgz

import (
	"encoding/binary"
	"hash/crc32"
)

// unpacker inflates whole blocks and checks what comes out of them. Use it from
// one goroutine at a time.
type unpacker struct {
	path  string
	codec Inflater
}

func newUnpacker(path string) *unpacker { return &unpacker{path, newInflater()} }

// claimedSize returns the size of its content that a whole block claims, or
// maxBlock+1 where it claims more than a block may hold.
func claimedSize(raw []byte) int {
	return int(min(binary.LittleEndian.Uint32(raw[len(raw)-4:]), maxBlock+1))
}

// unpack writes the content of the block raw, which starts at byte at of the
// file, to the start of out and returns its length. out must have the room that
// the block claims, or that of maxBlock.
func (u *unpacker) unpack(out, raw []byte, at int64) (int, error) {
	size := claimedSize(raw)
	if size > maxBlock {
		return 0, damaged(u.path, at, "its content is said to be larger than 65,536 bytes")
	}
	data := out[:size]
	foot := len(raw) - footerSize
	if err := u.codec.Inflate(data, raw[headerSize+maxExtra(raw):foot]); err != nil {
		return 0, damaged(u.path, at, "it does not inflate")
	}
	if crc32.ChecksumIEEE(data) != binary.LittleEndian.Uint32(raw[foot:]) {
		return 0, damaged(u.path, at, "its checksum (CRC32) does not match")
	}
	return size, nil
}
