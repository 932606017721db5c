package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"garrod/review"

	"github.com/spf13/cobra"
)

func (p *program) signoffCommand() *cobra.Command {
	var id, role, identity, passFile, reason string
	c := &cobra.Command{
		Use: "signoff", Short: "Sign a case's report as scientist or as authoriser", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := need(cmd, "case", "role", "identity", "passphrase-file"); err != nil {
				return err
			}
			r := review.Role(role)
			if r != review.Scientist && r != review.Authoriser {
				return usagef("--role %q: want scientist or authoriser", role)
			}
			pass, err := readPassphrase(passFile)
			if err != nil {
				return err
			}
			return p.withLab(cmd.Context(), func(l *lab) error {
				if err := l.signerByRole(cmd.Context(), p.as, r); err != nil {
					return err
				}
				return p.signOff(cmd, l, review.CaseID(id), r, identity, pass, reason)
			})
		},
	}
	c.Flags().StringVar(&id, "case", "", "the case's identifier")
	c.Flags().StringVar(&role, "role", "", "scientist or authoriser")
	c.Flags().StringVar(&identity, "identity", "", "a PKCS#12 file with the signing certificate and its key")
	c.Flags().StringVar(&passFile, "passphrase-file", "", "a file whose first line is the identity's passphrase")
	c.Flags().StringVar(&reason, "reason", "", "why a case is reported although no variant was taken up for assessment")
	return c
}

// readPassphrase reads the first line of a file.
func readPassphrase(path string) ([]byte, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		what := "the file cannot be read"
		if errors.Is(err, fs.ErrNotExist) {
			what = "there is no such file"
		}
		return nil, &review.InputError{Code: "passphrase_file", File: path, What: what, Remedy: "Check the path given with --passphrase-file.", Err: err}
	}
	line, _, _ := bytes.Cut(b, []byte("\n"))
	return bytes.TrimRight(line, "\r"), nil
}

func (p *program) signOff(cmd *cobra.Command, l *lab, id review.CaseID, role review.Role, identity string, pass []byte, reason string) error {
	ctx := cmd.Context()
	// Who may not sign, or has a key that cannot, must not freeze the case first.
	key, err := l.openIdentity(identity, pass)
	if err != nil {
		return err
	}
	if _, err := l.Case(ctx, id); err != nil {
		return err
	}
	if err := l.issuer().May(ctx, l.session(), id, role, key); err != nil {
		return err
	}
	prepared, err := l.prepare(ctx, id, role, reason)
	if err != nil {
		return err
	}
	r, err := l.sign(ctx, prepared, key)
	if err != nil {
		return err
	}
	c, seq, err := l.caseAndSeq(ctx, id)
	if err != nil {
		return err
	}
	out := map[string]any{
		"case": id, "revision": c.Revision, "audit_seq": seq, "report_id": r.ID, "version": r.Version,
		"status": r.Status, "sha256": r.SHA256, "signatures": r.SignOffs,
	}
	return p.print(out, func(w io.Writer) {
		fmt.Fprintf(w, "%s signed report %s as %s.\n", l.User().Name, r.ID, role)
		if r.Status == review.ReportIssued {
			fmt.Fprintf(w, "All signatures are there: case %s is authorised and sealed.\n", id)
		}
	})
}

func (p *program) reportCommand() *cobra.Command {
	var id, out string
	var draft bool
	c := &cobra.Command{
		Use: "report", Short: "Export a case's signed report", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := need(cmd, "case", "out"); err != nil {
				return err
			}
			return p.withLab(cmd.Context(), func(l *lab) error {
				if draft {
					return p.draft(cmd, l, review.CaseID(id), out)
				}
				r, err := l.SaveReport(cmd.Context(), review.CaseID(id), out)
				if err != nil {
					return err
				}
				c, seq, err := l.caseAndSeq(cmd.Context(), review.CaseID(id))
				if err != nil {
					return err
				}
				return p.print(map[string]any{"case": id, "revision": c.Revision, "audit_seq": seq, "report_id": r.ID, "version": r.Version, "sha256": r.SHA256, "file": out, "signatures": r.SignOffs},
					func(w io.Writer) { fmt.Fprintf(w, "Wrote report %s to %s\n", r.ID, out) })
			})
		},
	}
	c.Flags().StringVar(&id, "case", "", "the case's identifier")
	c.Flags().StringVar(&out, "out", "", "the file to write")
	c.Flags().BoolVar(&draft, "draft", false, "an unsigned and watermarked draft")
	list := &cobra.Command{
		Use: "list", Short: "List a case's reports", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := need(cmd, "case"); err != nil {
				return err
			}
			return p.withLab(cmd.Context(), func(l *lab) error {
				all, err := l.Reports(cmd.Context(), review.CaseID(id))
				if err != nil {
					return err
				}
				return p.print(all, func(w io.Writer) {
					for _, r := range all {
						fmt.Fprintf(w, "%-20s version %d  %-8s %s\n", r.ID, r.Version, r.Status, r.SHA256)
					}
				})
			})
		},
	}
	list.Flags().StringVar(&id, "case", "", "the case's identifier")
	c.AddCommand(list)
	return c
}

func (p *program) draft(cmd *cobra.Command, l *lab, id review.CaseID, out string) error {
	sum, err := l.draft(cmd.Context(), id, out)
	if err != nil {
		return err
	}
	return p.print(map[string]any{"case": id, "draft": true, "sha256": sum, "file": out, "signatures": []any{}},
		func(w io.Writer) { fmt.Fprintf(w, "Wrote an unsigned draft to %s\n", out) })
}
