//go:build soak

package sign

const bitStride = 1
