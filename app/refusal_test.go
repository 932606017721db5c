package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"garrod/assets/demo"
	"garrod/review"

	"github.com/google/go-cmp/cmp"
	"software.sslmate.com/src/go-pkcs12"
)

// statusOf is where the good case stands.
func (b *bench) statusOf(t *testing.T) review.Status {
	t.Helper()
	var doc struct{ Case review.Case }
	must(t, &doc, b.on("case", "show")...)
	return doc.Case.Status
}

// signWith is the command line that signs as role with the identity of a person
// of the demonstration.
func (b *bench) signWith(as, role, identity string) []string {
	p12 := filepath.Join(b.lab, identityDir, identity+".p12")
	return b.on("signoff", "--as", as, "--role", role, "--identity", p12, "--passphrase-file", passphrasePath(p12))
}

func TestEvidenceIsRefused(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	accept := b.on("evidence", "accept", "--variant", tcf4, "--code", "PM2")
	must(t, nil, accept...)
	b.mark(t)
	b.refused(t, policy(failure{Code: "already_decided", What: "PM2 is accepted already"}), accept...)
	b.refused(t, policy(failure{Code: "already_decided", What: "PM2 is accepted already"}), append(accept, "--reason", "Once more.")...)
	for name, c := range map[string]struct {
		at   failure
		args []string
	}{
		"add without a reason":             {failure{Code: "reason_needed", What: "PS3", Remedy: "Say why"}, []string{"add", "--code", "PS3"}},
		"add with an empty reason":         {failure{Code: "reason_needed", What: "PS3"}, []string{"add", "--code", "PS3", "--reason", ""}},
		"accept what is not assessed":      {failure{Code: "reason_needed", What: "PS3"}, []string{"accept", "--code", "PS3"}},
		"another strength":                 {failure{Code: "reason_needed", What: "changed strength"}, []string{"accept", "--code", "PM2_Moderate"}},
		"reject a proposal":                {failure{Code: "reason_needed", What: "rejecting a proposal"}, []string{"reject", "--code", "PM2"}},
		"a strength the rule set has not":  {failure{Code: "not_in_rule_set"}, []string{"add", "--code", "PM2_VeryStrong", "--reason", "Very rare."}},
		"a criterion that is switched off": {failure{Code: "not_in_rule_set", What: "PP5"}, []string{"add", "--code", "PP5", "--reason", "ClinVar says so."}},
	} {
		t.Run(name, func(t *testing.T) {
			b.refused(t, policy(c.at), b.on(append([]string{"evidence", "--variant", tcf4}, c.args...)...)...)
		})
	}
	star := b.on("evidence", "add", "--variant", "7-147420999-A-<DEL>", "--code", "PVS1", "--reason", "A deletion.")
	b.refused(t, policy(failure{Code: "not_a_small_variant", What: "symbolic"}), star...)
}

// TestOneVariantInTwoUnits asks that a key which names two assessments is
// settled by a flag, and refused without one.
func TestOneVariantInTwoUnits(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	var first, second decided
	must(t, &first, b.on("evidence", "accept", "--variant", tcf4, "--code", "PM2")...)
	b.mark(t)
	must(t, &second, b.on("evidence", "accept", "--variant", tcf4, "--code", "PM2", "--disease", "MONDO:0012589")...)
	if first.Assessment == second.Assessment {
		t.Fatalf("one assessment %s for two units", first.Assessment)
	}
	b.mark(t)
	add := b.on("evidence", "add", "--variant", tcf4, "--code", "PVS1", "--reason", "Nonsense variant.")
	b.refused(t, policy(failure{Code: "ambiguous_assessment", What: "2 times", Remedy: "--assessment"}), add...)
	var d decided
	must(t, &d, append(add, "--disease", "MONDO:0012589")...)
	if d.Assessment != second.Assessment {
		t.Errorf("--disease took %s, want %s", d.Assessment, second.Assessment)
	}
	must(t, &d, append(add, "--assessment", string(first.Assessment))...)
	if d.Assessment != first.Assessment {
		t.Errorf("--assessment took %s, want %s", d.Assessment, first.Assessment)
	}
}

// TestSigningIsRefused walks the order of signing and tries every wrong step.
func TestSigningIsRefused(t *testing.T) {
	b := newBench(t)
	export := b.on("report", "--out", filepath.Join(t.TempDir(), "report.pdf"))
	b.refused(t, policy(failure{Code: "signature_missing", What: "no signed report", Remedy: "scientist"}), export...)
	b.refused(t, policy(failure{Code: "nothing_reviewed", What: "9 stand in the list and 3 in the rescue lane", Remedy: "give a reason"}), b.signWith("demo.scientist", "scientist", "demo.scientist")...)
	must(t, nil, "user", "add", "--lab", b.lab, "--id", "third", "--name", "Dr Third Example", "--role", "authoriser")
	must(t, nil, b.on("evidence", "accept", "--variant", tcf4, "--code", "PM2")...)
	b.mark(t)
	b.refused(t, policy(failure{Code: "reviews_open", What: tcf4, Remedy: "Finish the review"}), b.signWith("demo.scientist", "scientist", "demo.scientist")...)
	b.reviewedRest(t)
	b.refused(t, policy(failure{Code: "not_frozen", Remedy: "scientist signs first"}), b.signWith("demo.authoriser", "authoriser", "demo.authoriser")...)
	b.refused(t, policy(failure{Code: "role_not_allowed", What: "demo.scientist"}), b.signWith("demo.scientist", "authoriser", "demo.scientist")...)
	b.refused(t, policy(failure{Code: "unknown_user", What: "nobody"}), b.signWith("nobody", "scientist", "demo.scientist")...)

	must(t, nil, b.signWith("demo.scientist", "scientist", "demo.scientist")...)
	b.mark(t)
	b.refused(t, policy(failure{Code: "out_of_turn"}), b.signWith("demo.scientist", "scientist", "demo.scientist")...)
	b.refused(t, policy(failure{Code: "same_certificate"}), b.signWith("demo.authoriser", "authoriser", "demo.scientist")...)
	b.refused(t, policy(failure{Code: "certificate_of_another", What: "demo.authoriser"}), b.signWith("third", "authoriser", "demo.authoriser")...)
	b.refused(t, policy(failure{Code: "signature_missing", What: "authoriser"}), export...)
	must(t, nil, b.signWith("demo.authoriser", "authoriser", "demo.authoriser")...)
	b.mark(t)
	b.refused(t, policy(failure{Code: "sealed"}), b.signWith("demo.authoriser", "authoriser", "demo.authoriser")...)
	must(t, nil, export...)
}

// reviewedRest finishes the review that was begun.
func (b *bench) reviewedRest(t *testing.T) {
	t.Helper()
	must(t, nil, b.on("review", "finish", "--variant", tcf4, "--report", "yes")...)
	b.mark(t)
}

// TestSamePersonSignsOnce lets an authoriser, who may sign as scientist too,
// try to sign as both.
func TestSamePersonSignsOnce(t *testing.T) {
	b := newBench(t)
	b.reviewed(t)
	must(t, nil, b.signWith("demo.authoriser", "scientist", "demo.authoriser")...)
	b.mark(t)
	b.refused(t, policy(failure{Code: "same_person", What: "demo.authoriser", Remedy: "A second person"}),
		b.signWith("demo.authoriser", "authoriser", "demo.authoriser")...)
}

// TestFirstSignatureWithAnothersKey is the case that a later check alone would
// leave frozen behind.
func TestFirstSignatureWithAnothersKey(t *testing.T) {
	b := newBench(t)
	b.reviewed(t)
	b.refused(t, policy(failure{Code: "certificate_of_another", What: "demo.authoriser"}),
		b.signWith("demo.scientist", "scientist", "demo.authoriser")...)
	if s := b.statusOf(t); s != review.StatusAnalysis {
		t.Errorf("the case is %s, want %s", s, review.StatusAnalysis)
	}
}

// TestChangeVoidsSignatures changes a case between its two signatures.
func TestChangeVoidsSignatures(t *testing.T) {
	b := newBench(t)
	b.reviewed(t)
	must(t, nil, b.signWith("demo.scientist", "scientist", "demo.scientist")...)
	if s := b.statusOf(t); s != review.StatusFrozen {
		t.Errorf("after the first signature the case is %s, want %s", s, review.StatusFrozen)
	}
	change := b.on("evidence", "add", "--variant", tcf4, "--code", "PM6_Supporting", "--reason", "Parents called as reference.")
	var d decided
	must(t, &d, change...)
	if !d.SignaturesVoid {
		t.Error("the change does not say that it voided the signature")
	}
	if s := b.statusOf(t); s != review.StatusAnalysis {
		t.Errorf("after the change the case is %s, want %s", s, review.StatusAnalysis)
	}
	var reports []review.Report
	must(t, &reports, "report", "list", "--lab", b.lab, "--case", "GOOD-1")
	if len(reports) != 1 || reports[0].Status != review.ReportVoided || len(reports[0].SignOffs) != 1 || !reports[0].SignOffs[0].Voided {
		t.Errorf("reports %+v, want one that is void with its signature", reports)
	}
	b.mark(t)
	b.refused(t, policy(failure{Code: "not_frozen"}), b.signWith("demo.authoriser", "authoriser", "demo.authoriser")...)
	b.refused(t, policy(failure{Code: "reviews_open"}), b.signWith("demo.scientist", "scientist", "demo.scientist")...)
	b.reviewedRest(t)
	for _, role := range []string{"scientist", "authoriser"} {
		must(t, nil, b.signWith("demo."+role, role, "demo."+role)...)
	}
	var r struct {
		ReportID string `json:"report_id"`
		Version  int
	}
	must(t, &r, b.on("report", "--out", filepath.Join(t.TempDir(), "report.pdf"))...)
	if r.Version != 2 || !strings.HasSuffix(r.ReportID, "-R2") {
		t.Errorf("issued %s, version %d; want version 2, for the first one was void", r.ReportID, r.Version)
	}
	if r := garrod(t, b.on("audit", "show")...); !strings.Contains(r.out, "report.void") {
		t.Errorf("no report.void in the audit trail:\n%s", r.out)
	}
}

// TestSealedCaseNeverChanges tries to change an authorised case.
func TestSealedCaseNeverChanges(t *testing.T) {
	b := newBench(t)
	b.reviewed(t)
	for _, role := range []string{"scientist", "authoriser"} {
		must(t, nil, b.signWith("demo."+role, role, "demo."+role)...)
	}
	if s := b.statusOf(t); s != review.StatusAuthorised {
		t.Fatalf("the case is %s, want %s", s, review.StatusAuthorised)
	}
	b.mark(t)
	before := garrod(t, b.on("worklist", "--json")...)
	sealed := policy(failure{Code: "sealed", What: "GOOD-1", Remedy: "amended"})
	b.refused(t, sealed, b.on("evidence", "add", "--variant", tcf4, "--code", "PS3", "--reason", "Assay.")...)
	b.refused(t, sealed, b.on("evidence", "reject", "--variant", tcf4, "--code", "PM2", "--reason", "No.")...)
	b.refused(t, sealed, b.on("evidence", "add", "--variant", slc6a8, "--code", "PS3", "--reason", "Assay.")...)
	b.refused(t, sealed, b.on("review", "finish", "--variant", tcf4)...)
	b.refused(t, sealed, b.signWith("demo.scientist", "scientist", "demo.scientist")...)
	b.refused(t, input(failure{Code: "case_exists"}), b.add("GOOD-1", demoFile(t, demo.VCF), demoFile(t, demo.PED))...)
	if d := cmp.Diff(before.out, garrod(t, b.on("worklist", "--json")...).out); d != "" {
		t.Errorf("the worklist of a sealed case changed:\n%s", d)
	}
}

func TestWrongPassphraseChangesNothing(t *testing.T) {
	b := newBench(t)
	b.reviewed(t)
	wrong := writeText(t, "passphrase.txt", "open sesame\n")
	sign := func(role string) []string {
		return b.on("signoff", "--role", role, "--identity", filepath.Join(b.lab, identityDir, "demo."+role+".p12"), "--passphrase-file", wrong)
	}
	at := failure{Code: "wrong_passphrase", File: "demo.scientist.p12", Remedy: "Type the passphrase again"}
	b.refused(t, input(at), sign("scientist")...)
	if r := signAs(t, b.lab, "GOOD-1", "scientist"); r.code != 0 {
		t.Fatalf("the right passphrase: exit %d %s", r.code, r.err)
	}
	b.mark(t)
	at.File = "demo.authoriser.p12"
	b.refused(t, input(at), sign("authoriser")...)
	at = failure{Code: "identity_unreadable", File: "cut.p12"}
	broken := writeText(t, "cut.p12", "0\x82")
	b.refused(t, input(at), b.on("signoff", "--role", "authoriser", "--identity", broken, "--passphrase-file", wrong)...)
	b.refused(t, input(failure{Code: "passphrase_file", File: "nowhere.txt"}),
		b.on("signoff", "--role", "authoriser", "--identity", broken, "--passphrase-file", demoFile(t, "nowhere.txt"))...)
	if r := signAs(t, b.lab, "GOOD-1", "authoriser"); r.code != 0 {
		t.Fatalf("the right passphrase: exit %d %s", r.code, r.err)
	}
}

// makeIdentity makes a PKCS#12 identity that is valid in the given time.
func makeIdentity(t *testing.T, name string, from, to time.Time) (p12, passphrase string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{
		SerialNumber: big.NewInt(from.Unix()), Subject: pkix.Name{CommonName: name}, NotBefore: from, NotAfter: to,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageContentCommitment, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, c, c, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	if c, err = x509.ParseCertificate(der); err != nil {
		t.Fatal(err)
	}
	b, err := pkcs12.Modern2023.Encode(key, c, nil, "a passphrase")
	if err != nil {
		t.Fatal(err)
	}
	return writeText(t, "late.p12", string(b)), writeText(t, "late.txt", "a passphrase\n")
}

func TestExpiredCertificateChangesNothing(t *testing.T) {
	b := newBench(t)
	must(t, nil, "user", "add", "--lab", b.lab, "--id", "late", "--name", "Dr Late Example", "--role", "authoriser")
	b.reviewed(t)
	now, year := time.Now(), 365*24*time.Hour
	for name, c := range map[string]struct {
		from, to time.Time
		at       failure
	}{
		"expired":       {now.Add(-2 * year), now.Add(-time.Hour), failure{Code: "certificate_expired", What: "expired on", Remedy: "another identity"}},
		"not yet valid": {now.Add(time.Hour), now.Add(year), failure{Code: "certificate_not_yet_valid", What: "not valid before", Remedy: "date and time"}},
	} {
		t.Run(name, func(t *testing.T) {
			p12, pass := makeIdentity(t, "Dr Late Example", c.from, c.to)
			c.at.File = "late.p12"
			b.refused(t, input(c.at), b.on("signoff", "--as", "late", "--role", "scientist", "--identity", p12, "--passphrase-file", pass)...)
		})
	}
	p12, pass := makeIdentity(t, "Dr Late Example", now.Add(-year), now.Add(year))
	must(t, nil, b.on("signoff", "--as", "late", "--role", "scientist", "--identity", p12, "--passphrase-file", pass)...)
}
