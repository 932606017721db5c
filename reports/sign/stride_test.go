//go:build !soak

package sign

// bitStride is the step of the bit-flip test; build with -tags soak for every bit.
const bitStride = 7
