package review

import (
	"context"
	"slices"
)

// Relink says where the case's VCF lies now, and its index: the file was moved,
// and file.SHA256 must be what it was. A report that waits for its last
// signature is voided, for it tells where the file lay.
func (d Desk) Relink(ctx context.Context, id CaseID, file SourceFile) (Case, Change, error) {
	var c Case
	var change Change
	seq, err := d.Store.Update(ctx, d.Session, func(tx Tx) error {
		var err error
		if c, _, err = d.open(tx, id); err != nil {
			return err
		}
		i := slices.IndexFunc(c.Files, func(f SourceFile) bool { return f.Kind == "vcf" })
		if i < 0 || c.Files[i].SHA256 != file.SHA256 {
			return &InputError{
				Code: "other_file", File: file.Path, What: "this is not the file that the case was added with: its SHA-256 differs",
				Remedy: "Name the file that was moved, unchanged; for another file add a new case.",
			}
		}
		c.Files = slices.Clone(c.Files)
		old := c.Files[i]
		c.Files[i].Path, c.Files[i].Index, c.Files[i].IndexHash = file.Path, file.Index, file.IndexHash
		if change.Voided, err = VoidPending(tx, id, "the case was changed before the last signature"); err != nil {
			return err
		}
		if change.Voided {
			c.Status = StatusAnalysis
		}
		c.Updated = d.Clock.Now().UTC()
		if err := tx.SaveCase(&c); err != nil {
			return err
		}
		return tx.Record(Event{Action: "case.relink", Case: id, Before: placeDigest(old), After: placeDigest(c.Files[i])})
	})
	change.Seq = seq
	return c, change, err
}

// placeDigest says where a file lies, for the audit trail.
func placeDigest(f SourceFile) string {
	return toJSON(struct{ Path, SHA256, Index, IndexSHA256 string }{f.Path, f.SHA256, f.Index, f.IndexHash})
}
