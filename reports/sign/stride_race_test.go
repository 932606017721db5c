//go:build race && !soak

package sign

const (
	bitStride  = 71
	byteStride = 131
)
