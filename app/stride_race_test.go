//go:build race

package main

const explainStride = 13
