package main

import (
	"errors"
	"fmt"
	"io"

	"garrod/assets/rules"
	"garrod/review"
	"garrod/review/acmg"

	"github.com/spf13/cobra"
)

// shippedRules reads the rule sets that come with the program, the default
// first.
func shippedRules() ([]*acmg.RuleSet, error) {
	return acmg.LoadRuleSets(rules.Files())
}

// ruleSet loads a rule set of the laboratory; empty takes the default.
func (l *lab) ruleSet(cmd *cobra.Command, id string) (*acmg.RuleSet, error) {
	if id == "" {
		id = string(defaultRuleSet)
	}
	var stored review.StoredRuleSet
	err := l.store.View(cmd.Context(), l.session(), func(tx review.Tx) (err error) {
		stored, err = tx.FindRuleSet(acmg.RuleSetID(id))
		return err
	})
	if errors.Is(err, review.ErrNotFound) {
		return nil, unknownRuleSet(id)
	}
	if err != nil {
		return nil, err
	}
	return acmg.ParseRuleSet(stored.Content)
}

func unknownRuleSet(id string) error {
	return &review.InputError{
		Code: "unknown_rule_set", Field: "--rule-set", What: fmt.Sprintf("there is no rule set %q", id),
		Remedy: "See garrod rules list.",
	}
}

// shippedRuleSet finds a shipped rule set, for commands that need no laboratory.
func shippedRuleSet(id string) (*acmg.RuleSet, error) {
	if id == "" {
		id = string(defaultRuleSet)
	}
	sets, err := shippedRules()
	if err != nil {
		return nil, err
	}
	for _, rs := range sets {
		if string(rs.ID) == id {
			return rs, nil
		}
	}
	return nil, unknownRuleSet(id)
}

func (p *program) rulesCommand() *cobra.Command {
	group := &cobra.Command{Use: "rules", Short: "The laboratory's rule sets"}
	list := &cobra.Command{
		Use: "list", Short: "List the rule sets", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.withLab(cmd.Context(), func(l *lab) error {
				var all []review.StoredRuleSet
				err := l.store.View(cmd.Context(), l.session(), func(tx review.Tx) (err error) {
					all, err = tx.RuleSets()
					return err
				})
				if err != nil {
					return err
				}
				return p.print(all, func(w io.Writer) {
					for _, r := range all {
						fmt.Fprintf(w, "%-20s %-8s %-8s %s\n", r.ID, r.Version, r.Status, r.Hash)
					}
				})
			})
		},
	}
	show := &cobra.Command{
		Use: "show ID", Short: "Print a rule set as it is stored", Args: exactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.withLab(cmd.Context(), func(l *lab) error {
				rs, err := l.ruleSet(cmd, args[0])
				if err != nil {
					return err
				}
				_, err = fmt.Fprintf(p.out, "%s\n", rs.Canonical())
				return err
			})
		},
	}
	group.AddCommand(list, show)
	return group
}

func (p *program) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Print the program's version and what came with it", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			v, err := versionInfo()
			if err != nil {
				return err
			}
			return p.print(v, func(w io.Writer) {
				fmt.Fprintf(w, "Garrod %s (%s), %s\n", v.Version, v.Commit, v.Go)
				for _, r := range v.RuleSets {
					fmt.Fprintf(w, "  rule set %-20s %-8s %.12s\n", r.ID, r.Version, r.Hash)
				}
			})
		},
	}
}
