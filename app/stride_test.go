//go:build !race

package main

// stride is the step of the two sweeps, over every allele and over changed
// bytes. The race detector, which finds nothing there and makes them ten times
// slower, gets fewer; "make unit" runs them without it as well.
const stride = 1
