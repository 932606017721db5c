//go:build soak

package sign

const (
	bitStride  = 1
	byteStride = 1
)
