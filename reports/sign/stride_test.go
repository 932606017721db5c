//go:build !soak && !race

package sign

// Steps of the bit-flip and the truncation test. Build with -tags soak for every
// bit and byte; the race detector, which finds nothing here, gets fewer.
const (
	bitStride  = 7
	byteStride = 13
)
