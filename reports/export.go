package reports

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"garrod/review"
)

// Void voids the report of a case that waits for a signature, with the
// signatures it has, and opens the case again. voided is false when there is
// none.
func (i Issuer) Void(ctx context.Context, s review.Session, id review.CaseID, reason string) (voided bool, err error) {
	_, err = i.Store.Update(ctx, s, func(tx review.Tx) error {
		if voided, err = review.VoidPending(tx, id, reason); err != nil || !voided {
			return err
		}
		c, err := tx.FindCase(id)
		if err != nil {
			return fmt.Errorf("load case %s: %w", id, err)
		}
		c.Status, c.Updated = review.StatusAnalysis, i.Clock.Now().UTC()
		return tx.SaveCase(&c)
	})
	return voided, err
}

// Exported tells what Export wrote.
type Exported struct {
	Report review.Report
	File   string
	Seq    int64
}

// Export writes the stored bytes of the case's issued report to path: a new file
// of mode 0600 that appears under its name only when it is whole. It refuses,
// with a *review.PolicyError, until the last required signature is there. A
// folder that cannot be written is a *review.InputError, and leaves no file.
func (i Issuer) Export(ctx context.Context, s review.Session, id review.CaseID, path string) (Exported, error) {
	r, err := view(ctx, i.Store, s, func(tx review.Tx) (review.Report, error) { return i.issued(tx, id) })
	if err != nil {
		return Exported{}, err
	}
	if err := WriteWhole(path, r.PDF); err != nil {
		return Exported{}, err
	}
	seq, err := i.Store.Update(ctx, s, func(tx review.Tx) error {
		return tx.Record(review.Event{Action: "report.export", Case: id, Object: r.ID, After: r.SHA256})
	})
	return Exported{Report: r, File: path, Seq: seq}, err
}

// issued finds the newest issued report of a case.
func (i Issuer) issued(tx review.Tx, id review.CaseID) (review.Report, error) {
	if _, err := tx.FindCase(id); err != nil {
		return review.Report{}, fmt.Errorf("load case %s: %w", id, err)
	}
	all, err := tx.Reports(id)
	if err != nil {
		return review.Report{}, fmt.Errorf("list reports of case %s: %w", id, err)
	}
	for n := len(all) - 1; n >= 0; n-- {
		if all[n].Status == review.ReportIssued {
			return stored(tx, all[n].ID)
		}
	}
	for _, r := range all {
		if r.Status == review.ReportPending {
			return r, &review.PolicyError{
				Code:   "signature_missing",
				What:   fmt.Sprintf("report %s waits for the signature of the %s", r.ID, i.nextRole(r)),
				Remedy: "Export it when it is signed, or make a draft.",
			}
		}
	}
	return review.Report{}, &review.PolicyError{
		Code:   "signature_missing",
		What:   fmt.Sprintf("case %s has no signed report", id),
		Remedy: fmt.Sprintf("Let the %s sign it, or make a draft.", i.roles()[0]),
	}
}

// Draft renders the case as it is now, watermarked, without signature fields
// and without a proof. Nothing is stored.
func (i Issuer) Draft(ctx context.Context, s review.Session, id review.CaseID) ([]byte, error) {
	doc, err := i.DraftDocument(ctx, s, id)
	if err != nil {
		return nil, err
	}
	pdf, err := i.Render.Render(doc, nil)
	if err != nil {
		return nil, fmt.Errorf("render a draft of case %s: %w", id, err)
	}
	return pdf, nil
}

// DraftDocument is the document that Draft renders.
func (i Issuer) DraftDocument(ctx context.Context, s review.Session, id review.CaseID) (Document, error) {
	d, err := view(ctx, i.Store, s, func(tx review.Tx) (d desk, err error) {
		if d.frozen, d.open, err = snapshot(tx, id); err != nil {
			return d, err
		}
		d.all, err = tx.Reports(id)
		return d, err
	})
	if err != nil {
		return Document{}, err
	}
	f := d.frozen
	err = i.complete(ctx, &f, d)
	if policy := (*review.PolicyError)(nil); err != nil && !errors.As(err, &policy) {
		return Document{}, err
	}
	doc, err := Compose(f)
	if err != nil {
		return doc, err
	}
	if n := len(d.open); n > 0 {
		doc.Remarks = append(doc.Remarks, say("draft.open", "n", strconv.Itoa(n)))
	}
	return doc.AsDraft(), nil
}

// WriteWhole writes b to path, whole or not at all: by way of a temporary file of
// mode 0600 in the same folder, which is read back before it takes the name. A
// folder that cannot be written is a *review.InputError.
func WriteWhole(path string, b []byte) error {
	unwritable := func(err error) error {
		return &review.InputError{
			Code: "output_not_writable", File: path, What: "the report cannot be written here: " + plain(err),
			Remedy: "Choose a folder you may write to, with room on its disk, and close the file if a viewer has it open.", Err: err,
		}
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".garrod-*.tmp") // mode 0600
	if err != nil {
		return unwritable(err)
	}
	err = fill(f, b)
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return unwritable(errors.Join(err, os.Remove(f.Name())))
	}
	return nil
}

// fill writes, syncs and closes f and reads it back.
func fill(f *os.File, b []byte) error {
	_, err := f.Write(b)
	if err == nil {
		err = f.Sync()
	}
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	back, err := os.ReadFile(f.Name())
	if err == nil && hashBytes(back) != hashBytes(b) {
		err = errors.New("the file on disk is not what was written")
	}
	return err
}

// plain is the cause without the name of a temporary file.
func plain(err error) string {
	var path *os.PathError
	if errors.As(err, &path) {
		return path.Err.Error()
	}
	var link *os.LinkError
	if errors.As(err, &link) {
		return link.Err.Error()
	}
	return err.Error()
}
