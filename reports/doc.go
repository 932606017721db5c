// Package reports turns the frozen snapshot of a case into a [Document], which
// is what a report prints and nothing else, and issues it: an [Issuer] freezes
// the case, has the document rendered, collects the signatures over exactly the
// stored bytes, and exports them when the last one is there. [Replay] derives
// the classes again from the proof that a report carries, by package acmg alone.
//
// It draws nothing and signs nothing itself: a [Renderer] and a [Signer] are
// handed to it by the program. It never changes a class, a code or a reason; the
// words it adds are those of one table, wording.go.
//
// What is missing is printed as "not given". Nothing is left out in silence:
// what is not printed is counted.
//
// Content follows section 7.4 of ISO 15189:2022 and the ESHG recommendations for
// diagnostic next-generation sequencing reports (Deans et al. 2022,
// doi:10.1038/s41431-022-01091-0).
package reports
