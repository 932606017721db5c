package reports

import "strings"

// wording is every sentence a report says of its own accord. It is locked: a
// golden test fails on any change, so that a change is seen and agreed. The
// words for the classes follow the Association for Clinical Genomic Science's
// reporting recommendations (class 5 "consistent with", class 4 "likely", class
// 3 "does not confirm or exclude"). Braces mark what is filled in.
var wording = map[string]string{
	"title":            "Genomic variant report",
	"not_given":        "not given",
	"status.final":     "Final report: valid only with both digital signatures",
	"status.draft":     "DRAFT: not authorised, not for clinical use",
	"watermark.draft":  "DRAFT — NOT AUTHORISED",
	"marking.demo":     "DEMONSTRATION — NOT FOR CLINICAL USE",
	"notice.final":     "This report is authorised only when both fields below hold a valid digital signature. A printed copy cannot show that: check the file itself.",
	"notice.draft":     "This draft has no signature fields. It must not be filed or sent out as a result.",
	"notice.supersede": "This report supersedes report {old}.",
	"signer.unknown":   "named in the signature",

	"headline.one.5":   "A pathogenic variant was detected in {gene}",
	"headline.one.4":   "A likely pathogenic variant was detected in {gene}",
	"headline.one.3":   "A variant of uncertain significance was detected in {gene}",
	"headline.many.5":  "{count} pathogenic variants were detected in {gene}",
	"headline.many.4":  "{count} likely pathogenic variants were detected in {gene}",
	"headline.many.3":  "{count} variants of uncertain significance were detected in {gene}",
	"headline.mixed":   "{count} variants were detected in {gene}: {classes}",
	"headline.none":    "No reportable variant was detected",
	"headline.unnamed": "a gene that the input does not name",

	"meaning.5": "This result is consistent with a diagnosis of {disease}.",
	"meaning.4": "A diagnosis of {disease} is likely: this result supports it.",
	"meaning.3": "This result does not confirm or exclude a diagnosis of {disease}. It must not be used for predictive testing or to change clinical management.",
	"meaning.0": "This result does not exclude a genetic cause.",
	"absence":   "The absence of a record in the input is not evidence of a reference genotype: {coverage}",
	"coverage.unknown": "the input does not tell which positions were read well enough to be called, " +
		"so a variant may be present where nothing was recorded.",
	"coverage.given": "positions outside the reference blocks or callable regions supplied with this case were not examined.",

	"disease.gene": "a condition related to {gene}",
	"disease.none": "the referred condition",

	"ar.single":       "Only one copy of the gene is known to be affected. {gene} was assessed as autosomal recessive: this variant alone does not confirm the diagnosis, and no second variant is reported.",
	"ar.trans":        "The variants lie on different copies of the gene (in trans).",
	"ar.cis":          "The variants lie on the same copy of the gene (in cis): they do not explain an autosomal recessive condition by themselves.",
	"ar.unknown":      "Whether the variants lie on the same or on different copies of the gene is not known (phase unknown). Until it is, the diagnosis is not confirmed; testing the parents can settle it.",
	"xl.single":       "One copy of the gene is affected. {gene} was assessed as X-linked recessive: in a person with two copies this variant alone does not confirm the diagnosis.",
	"moi.unknown":     "The mode of inheritance was not given; whether this genotype explains the condition must be judged with it.",
	"zygosity.open":   "The genotype is not fully known: confirm it before this result is used.",
	"mt.level":        "The proportion of mitochondrial DNA that carries the variant may differ between tissues.",
	"class.weakest":   "The weaker of the two classes decides what this result means.",
	"unreported.one":  "One further variant was assessed and is not reported.",
	"unreported.many": "{n} further variants were assessed and are not reported.",
	"unreported.vus":  "Uncertain significance (class 3) among these: {n}.",
	"rejected.one":    "One criterion was considered and rejected.",
	"rejected.many":   "{n} criteria were considered and rejected.",
	"evidence.none":   "No criterion was accepted.",
	"stand_alone":     "stand-alone",
	"points.none":     "none",
	"assessed.none":   "No variant was taken up for assessment.",
	"assessed.why":    "No variant was taken up for assessment (in the list: {listed}, in the rescue lane: {rescued}). Reason given: {reason}",
	"assessed.open":   "No review of a variant is finished (in the list: {listed}, in the rescue lane: {rescued}), and no reason is given why none is needed: it cannot be signed like this.",
	"selected":        "{listed} {variants} passed the filter and {rescued} {stand} in the rescue lane; {assessed} {were} assessed.",
	"draft.open":      "{n} variants are still under review and are not in this draft.",
	"suppressed":      "{code} does not count beside {by} ({points} points taken away; {ref}).",
	"capped":          "{code} is capped by {by} ({points} points taken away; {ref}).",

	"flag.conflict_review":     "Strong evidence stands on both sides: the conflict was to be settled in review.",
	"flag.senior_review":       "The evidence called for a senior review.",
	"flag.min_items":           "The rule set asks for more items of evidence than were accepted; the class is held back for that.",
	"flag.insilico_rarity_cap": "Rarity and computer prediction alone do not carry a class above uncertain significance.",
	"flag.disabled_code":       "A criterion that this rule set has disabled was left out.",

	"rule_set":          "Classified by rule set {id}, version {version}, content hash {hash}.",
	"rule_set.draft":    "The rule set is a draft: not yet approved by this laboratory.",
	"rule_set.active":   "The rule set is approved by this laboratory.",
	"class.date":        "The classification reflects the evidence on the date of this report. It may change as knowledge grows; a review can be asked for.",
	"unread.none":       "Every record of the input could be read.",
	"unread.some":       "{n} records of the input could not be read and were not examined.",
	"funnel.none":       "No filter was recorded for this case.",
	"funnel":            "Variants were selected with the filter {filter}. Counts are variants (ALT alleles).",
	"checks.passed":     "{n} intake checks passed.",
	"checks.none":       "No intake check was recorded.",
	"checks.warn":       "Warning ({name}): {detail} Accepted because: {reason}",
	"checks.warn_open":  "Warning ({name}): {detail} No reason of its own was given for going on.",
	"checks.open":       "Not assessed ({name}): {detail}",
	"checks.fail":       "Failed ({name}): {detail}",
	"checks.overridden": "Failed and overridden ({name}): {detail} Used all the same by {reason}",
	"file":              "{kind} file {name}, SHA-256 {hash}…, {records} records, samples {samples}.",
	"limit.capability":  "Not available in the input, so not used ({name}): {detail}",
	"limit.no_sv":       "Structural and copy-number variants were not examined: the case has no file of them.",
	"limit.no_reads":    "Sequence reads were not inspected: the case has no alignment file.",
	"limit.no_coverage": "Which positions could be called is not known: the case has neither a gVCF nor a file of callable regions.",
	"limit.kinds":       "Variant types that the input file does not describe are not excluded by this report.",
	"limit.trimmed":     "No reference sequence was at hand: insertions and deletions were trimmed but not left-aligned.",
	"limit.no_version":  "transcript version not given in the input",
	"source.none":       "No outside source was used by the reported variants.",
	"appendix.see":      "{short} ({n} characters, in full: appendix A{i})",
	"coding.none":       "HGVS c. name not given",
	"protein.none":      "HGVS p. name not given",
	"comment":           "Comment: {text}",
	"rule_set.remark":   "The rule set behind these classes is a draft: not yet approved by this laboratory.",
}

// say fills the sentence named key: pairs are name, value, name, value …
func say(key string, pairs ...string) string {
	s, ok := wording[key]
	if !ok {
		panic("reports: no wording for " + key)
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		pairs[i] = "{" + pairs[i] + "}"
	}
	return strings.NewReplacer(pairs...).Replace(s)
}

// given returns s, or the words for a missing value.
func given(s string) string {
	if s = strings.TrimSpace(s); s == "" {
		return wording["not_given"]
	}
	return s
}

var inheritanceWords = map[string]string{
	"AD": "autosomal dominant", "AR": "autosomal recessive", "SD": "semidominant",
	"XLD": "X-linked dominant", "XLR": "X-linked recessive", "YL": "Y-linked", "MT": "mitochondrial",
}

// modelWords name the inheritance labels of triage. A label that is not here is
// printed as it is, with underscores as spaces.
var modelWords = map[string]string{
	"de_novo":             "Apparently de novo",
	"de_novo_possible":    "Possibly de novo: a parent's call is missing or weak",
	"dominant":            "Fits dominant inheritance",
	"dominant_reduced":    "Fits dominant inheritance only with reduced penetrance",
	"recessive_hom":       "Fits recessive inheritance (homozygous)",
	"recessive_possible":  "Recessive inheritance possible: the other allele is not called",
	"recessive_reduced":   "Fits recessive inheritance only with reduced penetrance",
	"compound_het":        "Compound heterozygous",
	"cis_pair":            "On one copy of the gene together",
	"x_linked":            "Fits X-linked inheritance",
	"x_linked_female":     "X-linked, one of two copies",
	"x_linked_female_hom": "X-linked, both copies",
	"x_linked_reduced":    "Fits X-linked inheritance only with reduced penetrance",
	"y_linked":            "Fits Y-linked inheritance",
	"y_linked_reduced":    "Fits Y-linked inheritance only with reduced penetrance",
	"mitochondrial":       "Fits maternal (mitochondrial) inheritance",
	"sex_anomaly":         "The declared sex does not explain the genotype",
	"parent_reference":    "Two copies here, none called in a parent",
}

var phaseWords = map[string]string{
	"trans": "in trans", "cis": "in cis", "unknown": "phase unknown",
}

// basisWords say what a phase rests on.
var basisWords = map[string]string{
	"parents": "by both parents", "one_parent": "by one parent", "ps": "by the caller's phase set",
	"reads": "by reads", "genotype": "by the genotype itself", "none": "nothing tells the phase",
}

var countWords = []string{"No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"}
