package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"garrod/review"
	"garrod/review/acmg"

	"github.com/spf13/cobra"
)

func (p *program) acmgCommand() *cobra.Command {
	group := &cobra.Command{Use: "acmg", Short: "The classification engine by itself"}
	var id string
	combine := &cobra.Command{
		Use: "combine [CODES…]", Short: "Combine codes; without arguments one list a line from standard input",
		RunE: func(cmd *cobra.Command, args []string) error {
			rs, err := p.engineRules(cmd, id)
			if err != nil {
				return err
			}
			if len(args) > 0 {
				return p.combine(rs, strings.Join(args, " "), 1)
			}
			return eachLine(p.in, "standard input", func(n int, line string) error { return p.combine(rs, line, n) })
		},
	}
	var facts string
	propose := &cobra.Command{
		Use: "propose", Short: "Propose criteria from facts, one JSON object a line", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := need(cmd, "facts"); err != nil {
				return err
			}
			rs, err := p.engineRules(cmd, id)
			if err != nil {
				return err
			}
			return p.proposeFile(rs, facts)
		},
	}
	propose.Flags().StringVar(&facts, "facts", "", "the file with facts, - for standard input")
	for _, c := range []*cobra.Command{combine, propose} {
		c.Flags().StringVar(&id, "rule-set", "", "the rule set (default "+string(defaultRuleSet)+")")
		group.AddCommand(c)
	}
	return group
}

// engineRules takes the rule set from the laboratory that --lab names, else
// from those that came with the program: the engine needs no laboratory.
func (p *program) engineRules(cmd *cobra.Command, id string) (rs *acmg.RuleSet, err error) {
	if p.labDir == "" {
		return shippedRuleSet(id)
	}
	err = p.withLab(cmd.Context(), func(l *lab) error {
		rs, err = l.ruleSet(cmd, id)
		return err
	})
	return rs, err
}

func eachLine(r io.Reader, name string, fn func(n int, line string) error) error {
	s := bufio.NewScanner(r)
	s.Buffer(nil, 64<<20)
	for n := 1; s.Scan(); n++ {
		if err := fn(n, strings.TrimSpace(s.Text())); err != nil {
			return err
		}
	}
	if err := s.Err(); err != nil {
		return &review.InputError{Code: "unreadable", File: name, What: "the input cannot be read", Remedy: "Give one item a line.", Err: err}
	}
	return nil
}

func (p *program) combine(rs *acmg.RuleSet, list string, n int) error {
	var ev []acmg.Evidence
	for _, text := range strings.FieldsFunc(list, func(r rune) bool { return r == ' ' || r == '\t' || r == ',' || r == ';' }) {
		code, err := acmg.ParseCode(text, rs)
		if err != nil {
			return &review.InputError{
				Code: "unknown_code", Line: n, Field: text, What: err.Error(),
				Remedy: "Give codes such as PVS1, PM2_Supporting or BP4_Moderate.", Err: err,
			}
		}
		ev = append(ev, acmg.Evidence{Code: code})
	}
	c, err := acmg.Combine(rs, ev, acmg.Unit{})
	if err != nil {
		return &review.InputError{Code: "not_combinable", Line: n, What: err.Error(), Remedy: "Put the list right.", Err: err}
	}
	p.printJSON(c)
	return nil
}

func (p *program) proposeFile(rs *acmg.RuleSet, path string) error {
	in := p.in
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			return &review.InputError{Code: "facts_file", File: path, What: "the file cannot be opened", Remedy: "Check the path given with --facts.", Err: err}
		}
		defer f.Close()
		in = f
	}
	return eachLine(in, path, func(n int, line string) error {
		if line == "" {
			return nil // an empty line has no facts; lines are told apart by their id
		}
		facts, err := acmg.ParseFacts([]byte(line))
		if err != nil {
			e := &review.InputError{Code: "facts", File: path, Line: n, What: err.Error(), Remedy: "Put the fact right; see the facts schema.", Err: err}
			if fe, ok := errors.AsType[*acmg.FactsError](err); ok {
				e.Field, e.What = fe.Field, fe.What
			}
			return e
		}
		out, err := acmg.Propose(facts, rs)
		if err != nil {
			return fmt.Errorf("propose for line %d: %w", n, err)
		}
		p.printJSON(out)
		return nil
	})
}
