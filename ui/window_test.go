package ui

import (
	"context"
	"strings"
	"testing"

	"garrod/review"
	"garrod/review/acmg"
	"garrod/ui/uitest"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func TestFromCaseToSignedReport(t *testing.T) {
	r := newRig(t, Options{}).ready()
	r.until("the cases are listed", func() bool { return r.w.cases.Selected() == uitest.CaseID })

	r.press(fyne.KeyReturn) // open the case
	r.until("the worklist is there", func() bool { return r.w.worklist.First() == uitest.Keys()[0] })
	for _, want := range []string{"MUSTER, Eva", "999 000 0018", "GRCh38", "DEMO-TRIO"} {
		if !strings.Contains(r.w.patient.Text(), want) {
			t.Errorf("the patient bar does not say %q: %s", want, r.w.patient.Text())
		}
	}

	r.press(fyne.KeyReturn) // open the first variant
	r.until("the variant is there", func() bool { return r.w.variant.Shown("PM2") })
	r.key('a') // PM2 is selected and shown
	r.stored(1)
	if d := r.lab.Decided()[0]; d.Code != "PM2" || d.Shown == nil || d.Decision != review.Accepted {
		t.Fatalf("decided %+v", d)
	}
	r.press(fyne.KeyDown)
	r.until("PP3 is shown", func() bool { return r.w.variant.Shown("PP3") })
	r.key('a')
	r.stored(2)

	r.key('f')
	if !r.button("Finish review").Disabled() {
		t.Fatal("a review can be finished without saying whether it is reported")
	}
	r.choose("Yes, report it")
	r.tap("Finish review")
	r.until("the review is finished", func() bool { return r.said("Finished by ada") })

	r.tap("Sign-off")
	r.until("the sign-off is there", func() bool { return r.said("Next: prepare the report.") })
	r.sign("clinical scientist")
	r.until("the first signature is there", func() bool { return r.said("Now the second person signs") })

	r.tap("Switch user …")
	r.until("the users are listed", func() bool { return r.w.desk.Dialogs() == 1 })
	r.option("Dr Bert Sample, authoriser")
	r.tap("Work as this person")
	r.until("Bert is at work", func() bool { return r.said("Dr Bert Sample (authoriser)") && r.said("Next: prepare the report.") })
	r.sign("authoriser")
	r.until("both have signed", func() bool { return r.said("All signatures are there") })
	if !strings.Contains(r.w.patient.Text(), "Authorised, sealed") {
		t.Errorf("the patient bar says %s", r.w.patient.Text())
	}
	r.saveReport()
}

func variantRig(t *testing.T, change ...func(*uitest.Lab)) *rig {
	t.Helper()
	r := newRig(t, Options{Case: uitest.CaseID, Goto: "variant"}, change...).ready()
	r.until("the inputs are shown", func() bool { return r.w.variant.Shown("PM2") })
	return r
}

func TestAHeldKeyNeverAcceptsTwice(t *testing.T) {
	r := variantRig(t)
	g := r.w.variant.Grid()
	g.KeyDown(&fyne.KeyEvent{Name: fyne.KeyA})
	g.TypedRune('a')
	r.stored(1)
	g.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown}) // the driver reports no press for it here
	r.until("PP3 is shown", func() bool { return r.w.variant.Shown("PP3") })
	for range 50 {
		g.TypedRune('a') // repeated by the keyboard
		r.q.Drain()
	}
	g.KeyUp(&fyne.KeyEvent{Name: fyne.KeyA})
	r.until("nothing is under way", func() bool { return r.enabled("Undo (u)") })
	if n := len(r.lab.Decided()); n != 1 {
		t.Fatalf("%d decisions from one press", n)
	}
}

func TestNothingIsAcceptedBeforeItWasShown(t *testing.T) {
	r := variantRig(t)
	g := r.w.variant.Grid()
	// Down and a typed ahead, in one go: the panel had no turn to be painted.
	g.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	g.KeyDown(&fyne.KeyEvent{Name: fyne.KeyA})
	g.TypedRune('a')
	r.wantSaid("Look at its inputs first")
	if n := len(r.lab.Decided()); n != 0 {
		t.Fatalf("%d decisions", n)
	}
}

func TestRejectAsksForAReason(t *testing.T) {
	r := variantRig(t)
	r.key('r')
	if r.w.desk.Dialogs() != 1 || r.enabled("Store decision") {
		t.Fatal("rejecting a met proposal does not ask for a reason")
	}
	r.press(fyne.KeyEscape)
	if r.w.desk.Dialogs() != 0 || len(r.lab.Decided()) != 0 {
		t.Fatal("Escape did not close the dialog, or stored something")
	}
	r.key('r')
	test.Type(r.w.Canvas().Focused(), "Founder allele of this population.")
	r.tap("Store decision")
	r.stored(1)
	if d := r.lab.Decided()[0]; d.Decision != review.Rejected || d.Reason == "" {
		t.Fatalf("decided %+v", d)
	}
}

func TestStrengthAndHandMadeCriteriaAskForReasons(t *testing.T) {
	r := variantRig(t)
	r.key('s')
	r.option("moderate")
	test.Type(r.w.Canvas().Focused(), "Two databases.")
	r.tap("Store decision")
	r.stored(1)
	if d := r.lab.Decided()[0]; d.Strength != acmg.Moderate || d.Code != "PM2" {
		t.Fatalf("decided %+v", d)
	}
	r.key('+')
	r.option("PS2 · de novo, parents confirmed")
	test.Type(r.w.Canvas().Focused(), "Parentage confirmed.")
	r.entry("optional, 12345678, 23456789").SetText("x")
	r.tap("Store decision")
	r.wantSaid("PubMed IDs are whole numbers")
	r.entry("optional, 12345678, 23456789").SetText("25741868")
	r.tap("Store decision")
	r.stored(2)
	if d := r.lab.Decided()[1]; d.Code != "PS2" || d.Strength != acmg.Strong || len(d.PMIDs) != 1 || d.Shown != nil {
		t.Fatalf("decided %+v", d)
	}
}

func TestUndoOpensTheCriterionAgain(t *testing.T) {
	r := variantRig(t)
	r.key('a')
	r.stored(1)
	r.key('u')
	r.until("the undo is stored", func() bool { return r.lab.Count("Undo") == 1 && r.enabled("Undo (u)") })
	r.key('u')
	r.wantSaid("There is no decision on this variant to undo")
}

func TestStepThroughVariants(t *testing.T) {
	r := variantRig(t)
	keys := uitest.Keys()
	if r.w.variant.Key() != keys[0] {
		t.Fatalf("at %s", r.w.variant.Key())
	}
	r.key('k')
	r.wantSaid("the last variant in this direction")
	r.key('j')
	r.until("the next one is shown", func() bool { return r.w.variant.Key() == keys[1] && r.w.variant.Shown("PM2") })
	r.press(fyne.KeyEscape)
	if r.w.at != atWorklist {
		t.Fatalf("Escape went to %s", r.w.at)
	}
}

func TestWhyIsItNotHere(t *testing.T) {
	r := newRig(t, Options{Case: uitest.CaseID, Goto: "worklist"}).ready()
	r.tap("Why is it not here?")
	r.wantSaid("Type a variant as CHROM-POS-REF-ALT")
	why := r.entry("CHROM-POS-REF-ALT")
	why.SetText("1-5-A-G")
	r.tap("Why is it not here?")
	r.until("it is explained", func() bool { return r.said("The file has no record of it") })
	r.wantSaid("The nearest record is 12 bases away")
	r.w.desk.Escape()
	why.SetText("19-11105567-G-A")
	r.tap("Why is it not here?")
	r.until("it is explained", func() bool { return r.said("it is in the rescue lane") })
	r.tap("Open this variant")
	r.until("the variant is open", func() bool { return r.w.variant.Key() == "19-11105567-G-A" })
}

func TestFunnelTellsWhatAStepRemoved(t *testing.T) {
	r := newRig(t, Options{Case: uitest.CaseID, Goto: "worklist"}).ready()
	r.key('f')
	for _, k := range []fyne.KeyName{fyne.KeyRight, fyne.KeyRight, fyne.KeyRight, fyne.KeyReturn} {
		r.press(k)
	}
	r.wantSaid("Frequency (AF ≤ 0.01): 1,710 before, 212 after; it removed 1,498")
}

func TestNewCaseNeedsChecksAndReasons(t *testing.T) {
	r := newRig(t, Options{Goto: "newcase"}, func(l *uitest.Lab) { l.OnIntake[4].Reason = "" }).ready()
	r.wantSaid("Fill in first: Case number, Variants (VCF), Proband sample.")
	test.Type(r.entry("For instance R24-00123"), "C-2")
	test.Type(r.entry("bgzipped VCF with its index beside it; it is not copied"), "a.vcf.gz")
	test.Type(r.entry("Sample name in the VCF"), "PRO")
	r.wantSaid("Next: run the checks.")
	r.tap("Run the checks")
	r.until("the checks are shown", func() bool { return r.said("give a reason under each warning") })
	if r.enabled("Add the case") {
		t.Fatal("a warning without a reason may be added")
	}
	test.Type(r.entry("Reason to go on in spite of this warning"), "Confirmed.")
	r.wantSaid("Next: add the case.")
	r.tap("Add the case")
	r.until("the case is open", func() bool { return r.w.c.ID == "C-2" && r.w.worklist.First() != "" })
	if r.lab.Count("AddCase") != 1 {
		t.Fatal("not added once")
	}
}

func TestNewCaseShowsThePanelFirst(t *testing.T) {
	reading := make(chan struct{})
	r := newRig(t, Options{Goto: "newcase"}, func(l *uitest.Lab) {
		l.Before = func(ctx context.Context, call string) error {
			if call == "Intake" {
				select {
				case <-reading:
				case <-ctx.Done():
				}
			}
			return nil
		}
	}).ready()
	test.Type(r.entry("For instance R24-00123"), "C-2")
	test.Type(r.entry("bgzipped VCF with its index beside it; it is not copied"), "a.vcf.gz")
	test.Type(r.entry("Sample name in the VCF"), "PRO")
	test.Type(r.entry("optional; with the genes’ places for a first look"), "placed.tsv")
	r.tap("Run the checks")
	r.until("the first look is shown", func() bool { return r.said("Only the 2 regions of panel Placed were read, before any check.") })
	r.wantSaid("1 genes of the panel have no place")
	if r.said("give a reason under each warning") {
		t.Fatal("the checks are shown before the file is read")
	}
	close(reading)
	r.until("the checks are shown", func() bool { return r.said("The end-of-file block is there") || r.said("Next:") })
	r.wantSaid("Only the 2 regions")
}

func TestAFailedCheckRefusesTheCase(t *testing.T) {
	r := newRig(t, Options{Goto: "newcase"}, func(l *uitest.Lab) {
		l.OnIntake = []review.Check{{Name: "bgzf_eof", Outcome: review.Fail, Detail: "The end block is missing."}}
	}).ready()
	test.Type(r.entry("For instance R24-00123"), "C-2")
	test.Type(r.entry("bgzipped VCF with its index beside it; it is not copied"), "a.vcf.gz")
	test.Type(r.entry("Sample name in the VCF"), "PRO")
	r.tap("Run the checks")
	r.until("the failure is shown", func() bool { return r.said("A check failed") })
	if r.enabled("Add the case") {
		t.Fatal("a case with a failed check may be added")
	}
}

func TestErrorsAreSaidPlainlyAndTheWindowIsStillReady(t *testing.T) {
	r := newRig(t, Options{Case: uitest.CaseID, Goto: "worklist"}, func(l *uitest.Lab) {
		l.Before = func(_ context.Context, call string) error {
			if call == "Worklist" {
				return &review.InputError{
					Code: "bgzf_crc", File: "demo.vcf.gz", Record: 12, What: "the block’s checksum is wrong",
					Remedy: "copy the file again",
				}
			}
			return nil
		}
	}).ready()
	r.wantSaid("demo.vcf.gz, record 12: the block’s checksum is wrong.")
	r.wantSaid("Copy the file again.")
}

func TestLongWorkShowsProgressAndCanBeCancelled(t *testing.T) {
	started := make(chan struct{})
	r := newRig(t, Options{Case: uitest.CaseID}, func(l *uitest.Lab) {
		l.Before = func(ctx context.Context, call string) error {
			if call == "Worklist" {
				close(started)
				<-ctx.Done()
			}
			return ctx.Err()
		}
	}).ready()
	r.until("the work began", func() bool {
		select {
		case <-started:
			return true
		default:
			return false
		}
	})
	r.until("progress is shown", func() bool { return r.said("Reading the variants …") })
	r.tap("Cancel")
	r.until("it is cancelled", func() bool { return r.said("Cancelled.") })
}

func TestAStaleProposalIsReadAgain(t *testing.T) {
	r := variantRig(t, func(l *uitest.Lab) {
		l.Before = func(_ context.Context, call string) error {
			if call == "Decide" {
				return review.ErrStale
			}
			return nil
		}
	})
	n := r.lab.Count("Assess")
	r.key('a')
	r.until("the page is read again", func() bool { return r.lab.Count("Assess") == n+1 && r.w.variant.Shown("PM2") })
	r.wantSaid("The proposal changed since it was shown.")
}

func TestReadyWaitsForAFrameWithTheData(t *testing.T) {
	r := newRig(t, Options{Case: uitest.CaseID, Goto: "variant"})
	r.until("the inputs are shown", func() bool { return r.w.variant.Shown("PM2") })
	r.q.Drain()
	select {
	case <-r.w.Ready():
		t.Fatal("ready before a frame was painted")
	default:
	}
	r.w.Canvas().Capture()
	r.until("the window is ready", func() bool {
		select {
		case <-r.w.Ready():
			return true
		default:
			return false
		}
	})
}

func TestEscapeClosesTheKeySheet(t *testing.T) {
	r := newRig(t, Options{Goto: "keys"}).ready()
	if r.w.desk.Dialogs() != 1 {
		t.Fatal("no sheet of keys")
	}
	r.w.desk.Escape()
	if r.w.desk.Dialogs() != 0 {
		t.Fatal("Escape did not close it")
	}
}
