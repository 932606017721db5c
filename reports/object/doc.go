// Package object reads and writes the objects of a PDF file: values, the
// classic cross-reference table, the chain of revisions, and the incremental
// update that adds one more.
//
// It is strict on purpose. It reads what the report writer and the signer of
// this program make and what they append to, and refuses the rest with an
// error that says where: cross-reference streams and object streams,
// encryption, hybrid files, duplicated keys, tables that point outside their
// own revision, objects that overlap. It never repairs a damaged file, because
// a repaired file is not the file somebody signed. It knows nothing of pages,
// fields or signatures.
//
// Offsets are bytes from the start of the file, 0-based; a span [start, end)
// leaves out end. Object numbers start at 1. Revisions are counted from 0, the
// oldest.
//
// Source: ISO 32000-1:2008, clauses 7.2, 7.3 and 7.5.
package object
