package ui

import (
	"strings"
	"testing"

	"garrod/ui/uitest"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// A doubted family is said on every page; the page of identity tells what fails
// first, and an override asks for a reason and is then said on every page.
func TestOverrideIdentity(t *testing.T) {
	r := newRig(t, Options{Case: uitest.CaseID, Goto: "identity"}, (*uitest.Lab).Doubt).ready()
	page := r.w.identity.Text()
	first, second := strings.Index(page, "declared parent and child, measured unrelated"), strings.Index(page, "parent and child, as declared")
	if first < 0 || second < first {
		t.Errorf("what fails does not come first:\n%s", page)
	}
	for _, want := range []string{"contradict the declared family", "-0.018", "8.1 %", "281", "X0", "isodisomy", "44", "twin_phi", "0.354", "Manichaikul 2010"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if !strings.Contains(r.w.patient.Text(), "IN DOUBT: parents not used") {
		t.Errorf("the patient bar says %s", r.w.patient.Text())
	}

	r.tap("Override …")
	if r.enabled("Use them all the same") {
		t.Fatal("an override needs no reason")
	}
	r.press(fyne.KeyEscape)
	if n := r.lab.Count("OverrideIdentity"); n != 0 || r.w.desk.Dialogs() != 0 {
		t.Fatalf("Escape did not close the dialog, or stored something (%d)", n)
	}
	r.tap("Override …")
	test.Type(r.w.Canvas().Focused(), "An adoption; the clinic knows.")
	r.tap("Use them all the same")
	r.until("the override is there", func() bool { return strings.Contains(r.w.identity.Text(), "An adoption; the clinic knows.") })
	if !strings.Contains(r.w.patient.Text(), "overridden by "+uitest.Ada.Name) || r.enabled("Override …") {
		t.Errorf("after the override the patient bar says %s", r.w.patient.Text())
	}
	r.tap("Back (Esc)")
	r.until("the worklist is back", func() bool { return r.w.at == atWorklist })
}

// A case from before identity was measured says so and offers nothing.
func TestIdentityNotMeasured(t *testing.T) {
	r := newRig(t, Options{Case: uitest.CaseID, Goto: "identity"}).ready()
	if !strings.Contains(r.w.identity.Text(), "before identity was measured") || r.enabled("Override …") {
		t.Errorf("the page says %s", r.w.identity.Text())
	}
	if !strings.Contains(r.w.patient.Text(), "Identity: family not measured") {
		t.Errorf("the patient bar says %s", r.w.patient.Text())
	}
}
