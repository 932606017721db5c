package triage

import (
	"fmt"
	"slices"
	"strings"

	"garrod/review"
)

// sampleChecks are the intake checks that tell whether a sample is the person's
// whom the case names. Those of no family ask for nobody else in the file.
var (
	sampleChecks  = []string{"sex", "relatedness", "mendel", "contamination", "mitochondrial"}
	ofFamilyTests = []string{"relatedness", "mendel"}
)

// identityDoubt says why the sample may not be the patient's, empty where nothing
// does: a contradiction that nobody has overridden, or a sex that is not the
// declared one, which no decision about the parents explains.
func identityDoubt(c *review.Case) string {
	if c.Identity.Blocked() {
		return "identity is in doubt: " + strings.TrimSuffix(strings.Join(c.Identity.Blocks, " "), ".")
	}
	if k, ok := sampleCheck(c, "sex"); ok && k.Outcome == review.Fail {
		return "identity is in doubt: " + strings.TrimSuffix(k.Detail, ".")
	}
	return ""
}

// identityCautions says of every check of identity that did not pass what it
// found, the failed ones first, then the warnings, then what was not assessed.
func identityCautions(c *review.Case) []string {
	var failed, warned, out []string
	for _, name := range sampleChecks {
		k, ok := sampleCheck(c, name)
		switch {
		case !ok:
		case k.Outcome == review.Fail && name == "sex":
			failed = append(failed, "The check of sex failed: this sample may not be the patient's. "+plainDetail(k))
		case k.Outcome == review.Fail:
			failed = append(failed, fmt.Sprintf("The check of %s failed: the samples may not be whose the case says. %s", name, plainDetail(k)))
		case k.Outcome == review.Warn:
			warned = append(warned, fmt.Sprintf("The check of %s warned. %s", name, plainDetail(k)))
		}
	}
	if i := c.Identity; i != nil && len(i.Blocks) > 0 {
		text := "Identity blocks this case, and nobody has overridden it."
		if i.Override != nil {
			text = fmt.Sprintf("Identity was overridden by %s: %s", i.Override.Name, i.Override.Reason)
		}
		failed = append(failed, text)
	}
	out = append(failed, warned...)
	if open := uncheckedIdentity(c); open != nil {
		out = append(out, "Not assessed from the genotypes: "+strings.Join(open, ", ")+". So far nothing shows that this sample is the patient's.")
	}
	return out
}

// uncheckedIdentity lists the checks without an answer. A sex that was never
// looked at has none.
func uncheckedIdentity(c *review.Case) []string {
	var open []string
	for _, name := range sampleChecks {
		k, ok := sampleCheck(c, name)
		alone := slices.Contains(ofFamilyTests, name) && len(c.Family.Members) < 2
		if !alone && (ok && k.Outcome == review.CheckNotAssessed || !ok && name == "sex") {
			open = append(open, name)
		}
	}
	return open
}

// sampleCheck finds a check. Where the pedigree's own check has the same name,
// the worst of them counts.
func sampleCheck(c *review.Case, name string) (worst review.Check, ok bool) {
	weight := []review.Outcome{review.CheckNotAssessed, review.Pass, review.Warn, review.Fail}
	for _, k := range c.Checks {
		if k.Name == name && (!ok || slices.Index(weight, k.Outcome) > slices.Index(weight, worst.Outcome)) {
			worst, ok = k, true
		}
	}
	return worst, ok
}

// plainDetail is what a check found, without what it means for the parents.
func plainDetail(k review.Check) string {
	detail, _, _ := strings.Cut(k.Detail, " Until a scientist overrides this")
	return detail
}
