package review

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// CaseIdentity is what the genotypes of a case's file say of who its samples are
// from. It never changes what was declared.
type CaseIdentity struct {
	// Report is the measurement with its thresholds, as package identity writes
	// it. It is kept as it was when the case was added.
	Report json.RawMessage `json:"report"`
	// Blocks says in sentences what contradicts the declared family so that the
	// parents, or the people of Kin, may not be used; empty where nothing does.
	Blocks []string `json:"blocks,omitempty"`
	// Kin are relatives other than the parents who may not be used.
	Kin      []DoubtedKin      `json:"kin,omitempty"`
	Override *IdentityOverride `json:"override,omitempty"`
}

// DoubtedKin is a declared relative of the proband whom the genotypes contradict.
type DoubtedKin struct {
	ID  string `json:"id"`
	Why string `json:"why"` // one of Blocks
}

// IdentityOverride is a named person's decision to use the parents in spite of
// what the genotypes say.
type IdentityOverride struct {
	By     UserID    `json:"by"`
	Name   string    `json:"name"`
	At     time.Time `json:"at"`
	Reason string    `json:"reason"`
}

// Blocked reports whether relatives may not be used: something contradicts the
// declared family, and nobody has overridden it. A case that was never measured
// is not blocked.
func (i *CaseIdentity) Blocked() bool { return i != nil && len(i.Blocks) > 0 && i.Override == nil }

// TrustsParents reports whether the parents' genotypes may be used as those of
// the proband's parents. Where they may not, why says so in words that fit into
// a label's reason: lower case, no full stop. What needs the parents (de novo,
// phase, origin of an allele) then takes them as not available.
func (c *Case) TrustsParents() (ok bool, why string) {
	blocks := c.Identity.ofParents()
	if len(blocks) == 0 || !c.Identity.Blocked() {
		return true, ""
	}
	first := strings.TrimSuffix(blocks[0], ".")
	if n := len(blocks) - 1; n > 0 {
		first += fmt.Sprintf(" (and %d more)", n)
	}
	return false, "parents not used, for identity is in doubt: " + first
}

// ofParents are the blocks that keep the parents from being used.
func (i *CaseIdentity) ofParents() []string {
	if i == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(i.Blocks), func(b string) bool {
		return slices.ContainsFunc(i.Kin, func(k DoubtedKin) bool { return k.Why == b })
	})
}

// Distrusts says in a sentence why the genotypes of a relative other than a
// parent may not be used as those of the declared relative; empty where they may.
// What looks at relatives then takes this one as not in the file.
func (c *Case) Distrusts(id string) (why string) {
	if !c.Identity.Blocked() {
		return ""
	}
	for _, k := range c.Identity.Kin {
		if k.ID == id {
			return k.Why
		}
	}
	return ""
}

// NotUsed names whose genotypes a contradiction keeps from being used, whether or
// not it is overridden: "the parents' genotypes", "the genotypes of S1". It is
// empty where nothing contradicts the family.
func (i *CaseIdentity) NotUsed() string {
	var who []string
	if len(i.ofParents()) > 0 {
		who = append(who, "the parents' genotypes")
	}
	if i != nil && len(i.Kin) > 0 {
		var ids []string
		for _, k := range i.Kin {
			if !slices.Contains(ids, k.ID) {
				ids = append(ids, k.ID)
			}
		}
		who = append(who, "the genotypes of "+strings.Join(ids, ", "))
	}
	return strings.Join(who, " and ")
}

// identityChecks are the intake checks of the genotypes. The first three may fail
// and leave the case usable without its parents.
var (
	identityChecks   = []string{"sex", "relatedness", "mendel", "contamination", "mitochondrial", "homozygosity"}
	failableIdentity = identityChecks[:3]
)

// storesFailed reports whether a case with this failed check is stored all the
// same: one of identity, whose contradiction blocks the parents.
func (c *Case) storesFailed(k Check) bool {
	return slices.Contains(failableIdentity, k.Name) && c.contradicted()
}

func (c *Case) contradicted() bool { return c.Identity != nil && len(c.Identity.Blocks) > 0 }

// NeedsReason reports whether a check keeps the case from being stored until
// somebody gives a reason: a warning. Where identity blocks the parents, its
// other checks wait with it for the override.
func (c *Case) NeedsReason(k Check) bool {
	waits := c.contradicted() && slices.Contains(identityChecks, k.Name)
	return k.Outcome == Warn && k.Reason == "" && !waits
}

// Refuses reports whether a check keeps the case from being stored: a failed one,
// unless it is one of identity that blocks the parents instead.
func (c *Case) Refuses(k Check) bool { return k.Outcome == Fail && !c.storesFailed(k) }

// OverrideIdentity lets the parents of a case be used although its genotypes
// contradict the declared family. It takes a scientist or authoriser and a
// reason, which every page and the report show from then on, and it voids a
// report that waits for its last signature.
func (d Desk) OverrideIdentity(ctx context.Context, id CaseID, reason string) (Case, Change, error) {
	var change Change
	var next Case
	seq, err := d.Store.Update(ctx, d.Session, func(tx Tx) error {
		c, _, err := d.open(tx, id)
		if err != nil {
			return err
		}
		o, err := d.newOverride(tx, &c, reason)
		if err != nil {
			return err
		}
		before := toJSON(c.Identity.Blocks)
		identity := *c.Identity
		identity.Override = o
		c.Identity = &identity
		c.Checks = overriddenChecks(c.Checks, o)
		c.Updated = o.At
		if c.Status == StatusFrozen {
			c.Status = StatusAnalysis
		}
		if err := tx.Record(Event{Action: "identity.override", Case: id, Before: before, After: toJSON(o), Reason: o.Reason}); err != nil {
			return err
		}
		if change.Voided, err = VoidPending(tx, id, "identity was overridden before the last signature"); err != nil {
			return err
		}
		if err := tx.SaveCase(&c); err != nil {
			return err
		}
		next = c
		return nil
	})
	change.Seq = seq
	return next, change, err
}

func (d Desk) newOverride(tx Tx, c *Case, reason string) (*IdentityOverride, error) {
	reason = strings.TrimSpace(reason)
	u, err := tx.FindUser(d.Session.Actor().User)
	if err != nil {
		return nil, fmt.Errorf("load user %s: %w", d.Session.Actor().User, err)
	}
	switch {
	case !c.contradicted():
		return nil, &PolicyError{Code: "nothing_blocked", What: "nothing contradicts the declared family of case " + string(c.ID), Remedy: "There is nothing to override."}
	case c.Identity.Override != nil:
		return nil, &PolicyError{Code: "already_decided", What: "identity of case " + string(c.ID) + " is overridden already", Remedy: "Nothing was changed."}
	case !u.CanSign(Scientist):
		return nil, &PolicyError{
			Code: "role_not_allowed", What: fmt.Sprintf("user %s has the role %s and may not override identity", u.ID, u.Role),
			Remedy: "Ask a scientist to look at the numbers.",
		}
	case reason == "":
		return nil, &PolicyError{
			Code: "reason_needed", What: "overriding identity needs a reason",
			Remedy: "Say why in a sentence; every page and the report show it.",
		}
	}
	return &IdentityOverride{By: u.ID, Name: u.Name, At: d.Clock.Now().UTC(), Reason: reason}, nil
}

// overriddenChecks gives the failed checks of identity the override's reason, with
// who gave it, and tells in the past that relatives were not used. A warning is
// not what was overridden: it keeps its own reason, or none.
func overriddenChecks(checks []Check, o *IdentityOverride) []Check {
	checks = slices.Clone(checks)
	for i, k := range checks {
		if k.Outcome == Fail && slices.Contains(failableIdentity, k.Name) {
			checks[i].Detail = inPast(k.Detail)
			checks[i].Reason = fmt.Sprintf("%s, %s: %s", o.Name, o.At.Format("2 January 2006"), o.Reason)
		}
	}
	return checks
}

// BlockedUntil begins the sentence of a failed check of identity that says whose
// genotypes are not used. An override puts that sentence in the past.
const BlockedUntil = "Until a scientist overrides this, "

func inPast(detail string) string {
	before, last, ok := strings.Cut(detail, BlockedUntil)
	if !ok {
		return detail
	}
	return before + "Until a scientist overrode this, " + strings.ReplaceAll(last, " are not used", " were not used")
}
