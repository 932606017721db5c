// Package pdf draws a reports.Document on A4 pages with gofpdf and finishes the
// file: embedded Unicode fonts, metadata, empty signature fields and the
// attached proof. It adds nothing to the document but page numbers and drops
// nothing of it: text wraps, pages are added, and a character that the fonts
// lack is printed as its Unicode number, with a notice.
//
// The same input gives the same bytes. Lengths are in millimetres from the top
// left corner while drawing, and in points from the bottom left in the file, as
// PDF has them.
//
// The finished file follows PDF/A-3 where an untagged file can (fonts, metadata,
// output intent, attachment relationship); it does not claim conformance.
package pdf
