// Package acmg holds the mechanisms of variant classification: facts about one
// variant, the criteria of a rule set, what a machine proposes from the facts,
// and what a class follows from the evidence that people accepted.
//
// It is pure: no input or output, no clock, no random numbers. Every clinical
// number lives in a [RuleSet], which is data; the code holds mechanisms only.
//
// [LoadRuleSets] resolves layers into rule sets, with the provenance of every
// field. [Propose] looks at every criterion and answers one of four states:
// missing input is always not assessed, never not met and never a benign point.
// [Combine] makes points and class of accepted evidence; whatever a rule takes
// away is listed, and the order of evidence never matters.
//
// Of suppressing pairs Combine keeps the choice that counts most: for one pair
// that is the stronger code, and added pathogenic evidence never lowers points.
package acmg
