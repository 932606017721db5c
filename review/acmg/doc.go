// Package acmg holds the mechanisms of variant classification: facts about one
// variant, the criteria of a rule set, what a machine proposes from the facts,
// and what a class follows from the evidence that people accepted.
//
// It is pure: no input or output, no clock, no random numbers. Every clinical
// number lives in a [RuleSet], which is data; the code holds mechanisms only.
package acmg
