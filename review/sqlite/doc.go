// Package sqlite keeps a laboratory in one SQLite file: cases, assessments and
// their evidence, reports, people, rule sets, filters and the audit trail. It
// implements review.Store and is the only importer of modernc.org/sqlite.
//
// One connection writes (BEGIN IMMEDIATE, synchronous=FULL: a decision that was
// answered is on the disk), a small pool reads (query_only); the file is in WAL
// mode, so that readers see a snapshot and wait for nobody. Several programs may
// have the same file open; it must lie on a local disk, not on a network share.
//
// Beneath the program, triggers refuse what must never happen: changing or
// deleting evidence, reviews, sign-offs, filters and audit events, changing a
// sealed case, a closed report, the content of a rule set, or the kind of a
// laboratory. Nothing is ever deleted but the parts of an unsealed case.
//
// A patient's names, date of birth, sex and numbers, and the note on consent,
// pass through the review.Sealer on their way to disk. The context it is given
// is "table.column/case", for numbers "table.column/case/n" with n from 0.
//
// Times are UTC, cut to microseconds, and the saving methods set the times in
// what they are given to what was stored. An empty list is read back as nil
// where it is kept as rows (files, checks, identifiers, members, terms, genes,
// evidence, reviews, sign-offs); where it is kept as JSON, nil and empty stay
// apart.
//
// Errors of SQLite are told apart by their codes. They become review.ErrNotFound,
// ErrExists, ErrConflict or ErrSigned, or a *review.InputError where a person
// must act on the file: missing, not Garrod's, newer, damaged, locked, read-only
// or on a full disk.
package sqlite
