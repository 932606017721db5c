// Package review is the core of Garrod: cases, the variants read from their
// files, what machines propose and people accept, reviews, sign-offs and the
// audit trail.
//
// It knows no file format, no database and no screen. It declares the small
// interfaces it needs ([Store], [Sealer], [Session], [Clock]); adapters
// implement them and the program wires them together. It imports the standard
// library and its two leaves, genome and acmg, only.
//
// Unknown is never zero: values that may be missing are pointers, nil meaning
// "the file does not say".
package review
