package main

import (
	"fmt"
	"io"
	"strings"

	"garrod/review"

	"github.com/spf13/cobra"
)

func (p *program) labCommand() *cobra.Command {
	lab := &cobra.Command{Use: "lab", Short: "Make a laboratory"}
	var demonstration bool
	var about review.Laboratory
	initCmd := &cobra.Command{
		Use: "init DIR", Short: "Make a laboratory in a new or empty folder", Args: exactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			about.Kind = review.Live
			if demonstration {
				about.Kind = review.Demonstration
			}
			if err := initLab(cmd.Context(), args[0], about, p.clock); err != nil {
				return err
			}
			return p.print(map[string]any{"lab": args[0], "kind": about.Kind, "audit_seq": 1}, func(w io.Writer) {
				fmt.Fprintf(w, "Made a %s laboratory in %s\n", about.Kind, args[0])
			})
		},
	}
	initCmd.Flags().BoolVar(&demonstration, "demonstration", false, "for practice: pages are marked, identities are throw-away")
	initCmd.Flags().StringVar(&about.Name, "name", "", "the laboratory's name, as reports print it")
	initCmd.Flags().StringVar(&about.Address, "address", "", "the laboratory's address")
	initCmd.Flags().StringVar(&about.UKAS, "ukas", "", "the UKAS accreditation number")
	lab.AddCommand(initCmd)
	return lab
}

func (p *program) userCommand() *cobra.Command {
	users := &cobra.Command{Use: "user", Short: "The people of a laboratory"}
	var u review.User
	var id, role string
	add := &cobra.Command{
		Use: "add", Short: "Add a person", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := need(cmd, "name", "role"); err != nil {
				return err
			}
			u.ID, u.Role = review.UserID(id), review.Role(role)
			if u.ID == "" {
				u.ID = idOf(u.Name)
			}
			return p.withLab(cmd.Context(), func(l *lab) error { return p.addUser(cmd, l, u) })
		},
	}
	add.Flags().StringVar(&id, "id", "", "short name for --as (default: made from the name)")
	add.Flags().StringVar(&u.Name, "name", "", "name as reports print it")
	add.Flags().StringVar(&role, "role", "", "trainee, scientist, authoriser, rule_editor or admin")
	add.Flags().StringVar(&u.HCPC, "hcpc", "", "HCPC registration number")
	list := &cobra.Command{
		Use: "list", Short: "List the people", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.withLab(cmd.Context(), func(l *lab) error {
				all, err := l.Users(cmd.Context())
				if err != nil {
					return err
				}
				return p.print(all, func(w io.Writer) {
					for _, u := range all {
						fmt.Fprintf(w, "%-20s %-12s %-10s %s\n", u.ID, u.Role, u.HCPC, u.Name)
					}
				})
			})
		},
	}
	users.AddCommand(add, list)
	return users
}

// idOf makes a short name from a printed name: "Dr Ada Example" is dr.ada.example.
func idOf(name string) review.UserID {
	return review.UserID(strings.Join(strings.Fields(strings.ToLower(name)), "."))
}

func (p *program) addUser(cmd *cobra.Command, l *lab, u review.User) error {
	switch u.Role {
	case review.Trainee, review.Scientist, review.Authoriser, review.RuleEditor, review.Admin:
	default:
		return usagef("role %q: want trainee, scientist, authoriser, rule_editor or admin", u.Role)
	}
	u.Created = p.clock.Now().UTC()
	seq, err := l.store.Update(cmd.Context(), l.session(), func(tx review.Tx) error {
		if _, err := tx.FindUser(u.ID); err == nil {
			return &review.InputError{
				Code: "user_exists", Field: "--id", What: fmt.Sprintf("there is a user %q already", u.ID),
				Remedy: "Give another short name with --id.",
			}
		}
		if err := tx.SaveUser(u); err != nil {
			return err
		}
		return tx.Record(review.Event{Action: "user.add", Object: string(u.ID), After: string(u.Role)})
	})
	if err != nil {
		return err
	}
	return p.print(map[string]any{"id": u.ID, "name": u.Name, "role": u.Role, "hcpc": u.HCPC, "audit_seq": seq}, func(w io.Writer) {
		fmt.Fprintf(w, "Added %s (%s). Work as this person with --as %s\n", u.Name, u.Role, u.ID)
	})
}
