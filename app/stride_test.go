//go:build !race

package main

// explainStride is the step of the test that explains every allele; the race
// detector, which finds nothing here, gets fewer.
const explainStride = 1
