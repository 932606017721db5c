// Package reviewtest helps to test everything around package review: builders
// of full, made-up values ([Case], [Assessment], [Report] …), a [Clock] that
// steps, a [Sealer] that truly transforms, and [Suite], which every review.Store
// must pass.
//
// Each call of a builder returns a value of its own, which a test may change.
// The values belong together: the assessment and the report are of the case, and
// all of them name the people and the rule set that [Seed] stores.
//
// No person in here exists; the NHS number is from the 999 range, which is never
// given out.
package reviewtest
