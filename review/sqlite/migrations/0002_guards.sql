-- What must never change is guarded here too, beneath the program: no statement
-- of any program that respects triggers gets past these by mistake. The audit
-- chain finds the one that does so on purpose.

-- Append-only tables.

CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;

CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;

CREATE TRIGGER evidence_no_update BEFORE UPDATE ON evidence
BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;

CREATE TRIGGER evidence_no_delete BEFORE DELETE ON evidence
BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;

CREATE TRIGGER review_no_update BEFORE UPDATE ON review
BEGIN SELECT RAISE(ABORT, 'review is append-only'); END;

CREATE TRIGGER review_no_delete BEFORE DELETE ON review
BEGIN SELECT RAISE(ABORT, 'review is append-only'); END;

CREATE TRIGGER signoff_no_update BEFORE UPDATE ON signoff
BEGIN SELECT RAISE(ABORT, 'signoff is append-only'); END;

CREATE TRIGGER signoff_no_delete BEFORE DELETE ON signoff
BEGIN SELECT RAISE(ABORT, 'signoff is append-only'); END;

CREATE TRIGGER signoff_void_no_update BEFORE UPDATE ON signoff_void
BEGIN SELECT RAISE(ABORT, 'signoff_void is append-only'); END;

CREATE TRIGGER signoff_void_no_delete BEFORE DELETE ON signoff_void
BEGIN SELECT RAISE(ABORT, 'signoff_void is append-only'); END;

CREATE TRIGGER rule_set_approval_no_update BEFORE UPDATE ON rule_set_approval
BEGIN SELECT RAISE(ABORT, 'rule_set_approval is append-only'); END;

CREATE TRIGGER rule_set_approval_no_delete BEFORE DELETE ON rule_set_approval
BEGIN SELECT RAISE(ABORT, 'rule_set_approval is append-only'); END;

CREATE TRIGGER filter_no_update BEFORE UPDATE ON filter
BEGIN SELECT RAISE(ABORT, 'filter is append-only'); END;

CREATE TRIGGER filter_no_delete BEFORE DELETE ON filter
BEGIN SELECT RAISE(ABORT, 'filter is append-only'); END;

CREATE TRIGGER panel_no_update BEFORE UPDATE ON panel
BEGIN SELECT RAISE(ABORT, 'panel is append-only'); END;

CREATE TRIGGER panel_no_delete BEFORE DELETE ON panel
BEGIN SELECT RAISE(ABORT, 'panel is append-only'); END;

CREATE TRIGGER panel_gene_no_update BEFORE UPDATE ON panel_gene
BEGIN SELECT RAISE(ABORT, 'panel_gene is append-only'); END;

CREATE TRIGGER panel_gene_no_delete BEFORE DELETE ON panel_gene
BEGIN SELECT RAISE(ABORT, 'panel_gene is append-only'); END;

-- Rows that stay for ever, whatever happens to their columns.

CREATE TRIGGER laboratory_no_delete BEFORE DELETE ON laboratory
BEGIN SELECT RAISE(ABORT, 'laboratory rows are never deleted'); END;

CREATE TRIGGER user_no_delete BEFORE DELETE ON "user"
BEGIN SELECT RAISE(ABORT, 'user rows are never deleted'); END;

CREATE TRIGGER rule_set_no_delete BEFORE DELETE ON rule_set
BEGIN SELECT RAISE(ABORT, 'rule_set rows are never deleted'); END;

CREATE TRIGGER case_no_delete BEFORE DELETE ON "case"
BEGIN SELECT RAISE(ABORT, 'case rows are never deleted'); END;

CREATE TRIGGER assessment_no_delete BEFORE DELETE ON assessment
BEGIN SELECT RAISE(ABORT, 'assessment rows are never deleted'); END;

CREATE TRIGGER report_no_delete BEFORE DELETE ON report
BEGIN SELECT RAISE(ABORT, 'report rows are never deleted'); END;

-- The audit trail is numbered without gaps and each event names the one before.
CREATE TRIGGER audit_in_order BEFORE INSERT ON audit
WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM audit)
  OR NEW.prev <> coalesce((SELECT hash FROM audit ORDER BY seq DESC LIMIT 1), '')
BEGIN SELECT RAISE(ABORT, 'the audit trail is one chain'); END;

-- The kind of a laboratory is fixed when it is made.
CREATE TRIGGER laboratory_fixed BEFORE UPDATE ON laboratory
WHEN NEW.id <> OLD.id OR NEW.kind <> OLD.kind
BEGIN SELECT RAISE(ABORT, 'the id and kind of a laboratory are fixed'); END;

-- The content of a rule set never changes; its state does.
CREATE TRIGGER rule_set_fixed BEFORE UPDATE ON rule_set
WHEN NEW.hash <> OLD.hash OR NEW.id <> OLD.id OR NEW.version <> OLD.version
  OR NEW.content <> OLD.content OR NEW.created_at <> OLD.created_at
BEGIN SELECT RAISE(ABORT, 'the content of a rule set never changes'); END;

-- The unit and the frozen record of an assessment never change.
CREATE TRIGGER assessment_fixed BEFORE UPDATE ON assessment
WHEN NEW.id <> OLD.id OR NEW.case_id <> OLD.case_id
  OR NEW.assembly <> OLD.assembly OR NEW.allele <> OLD.allele OR NEW.gene <> OLD.gene
  OR NEW.disease <> OLD.disease OR NEW.moi <> OLD.moi OR NEW.transcript <> OLD.transcript
  OR NEW.variant <> OLD.variant
BEGIN SELECT RAISE(ABORT, 'the frozen record of an assessment never changes'); END;

-- A report changes while it is pending only. Once somebody has signed, its bytes
-- only grow: a later signature is appended to the bytes of the one before.
CREATE TRIGGER report_closed BEFORE UPDATE ON report
WHEN OLD.status <> 'pending'
BEGIN SELECT RAISE(ABORT, 'an issued or voided report never changes'); END;

CREATE TRIGGER report_fixed BEFORE UPDATE ON report
WHEN NEW.id <> OLD.id OR NEW.case_id <> OLD.case_id OR NEW.version <> OLD.version
  OR NEW.created_at <> OLD.created_at OR NEW.content <> OLD.content
BEGIN SELECT RAISE(ABORT, 'a report is made from one frozen case'); END;

CREATE TRIGGER report_grows BEFORE UPDATE OF pdf ON report
WHEN EXISTS (SELECT 1 FROM signoff WHERE report_id = OLD.id)
 AND substr(NEW.pdf, 1, length(OLD.pdf)) <> OLD.pdf
BEGIN SELECT RAISE(ABORT, 'a signed report only grows'); END;

CREATE TRIGGER signoff_pending BEFORE INSERT ON signoff
WHEN (SELECT status FROM report WHERE id = NEW.report_id) <> 'pending'
BEGIN SELECT RAISE(ABORT, 'only a pending report is signed'); END;

CREATE TRIGGER signoff_void_pending BEFORE INSERT ON signoff_void
WHEN (SELECT r.status FROM report r JOIN signoff s ON s.report_id = r.id WHERE s.id = NEW.signoff_id) <> 'pending'
BEGIN SELECT RAISE(ABORT, 'only a pending report is voided'); END;

-- A sealed case: neither its row, nor its parts, nor its assessments, decisions
-- and reviews change, and no report is added.
CREATE TRIGGER case_sealed BEFORE UPDATE ON "case"
WHEN OLD.status = 'authorised' OR NEW.id <> OLD.id
BEGIN SELECT RAISE(ABORT, 'the case is sealed'); END;

CREATE TRIGGER case_file_sealed_insert BEFORE INSERT ON case_file
WHEN EXISTS (SELECT 1 FROM "case" WHERE id = NEW.case_id AND status = 'authorised')
BEGIN SELECT RAISE(ABORT, 'the case is sealed'); END;

CREATE TRIGGER case_file_sealed_update BEFORE UPDATE ON case_file
WHEN EXISTS (SELECT 1 FROM "case" WHERE id IN (OLD.case_id, NEW.case_id) AND status = 'authorised')
BEGIN SELECT RAISE(ABORT, 'the case is sealed'); END;

CREATE TRIGGER case_file_sealed_delete BEFORE DELETE ON case_file
WHEN EXISTS (SELECT 1 FROM "case" WHERE id = OLD.case_id AND status = 'authorised')
BEGIN SELECT RAISE(ABORT, 'the case is sealed'); END;

CREATE TRIGGER patient_sealed_insert BEFORE INSERT ON patient
WHEN EXISTS (SELECT 1 FROM "case" WHERE id = NEW.case_id AND status = 'authorised')
BEGIN SELECT RAISE(ABORT, 'the case is sealed'); END;

CREATE TRIGGER patient_sealed_update BEFORE UPDATE ON patient
WHEN EXISTS (SELECT 1 FROM "case" WHERE id IN (OLD.case_id, NEW.case_id) AND status = 'authorised')
BEGIN SELECT RAISE(ABORT, 'the case is sealed'); END;

CREATE TRIGGER patient_sealed_delete BEFORE DELETE ON patient
WHEN EXISTS (SELECT 1 FROM "case" WHERE id = OLD.case_id AND status = 'authorised')
BEGIN SELECT RAISE(ABORT, 'the case is sealed'); END;

CREATE TRIGGER patient_identifier_sealed_insert BEFORE INSERT ON patient_identifier
WHEN EXISTS (SELECT 1 FROM "case" WHERE id = NEW.case_id AND status = 'authorised')
BEGIN SELECT RAISE(ABORT, 'the case is sealed'); END;

CREATE TRIGGER patient_identifier_sealed_update BEFORE UPDATE ON patient_identifier
WHEN EXISTS (SELECT 1 FROM "case" WHERE id IN (OLD.case_id, NEW.case_id) AND status = 'authorised')
BEGIN SELECT RAISE(ABORT, 'the case is sealed'); END;

CREATE TRIGGER patient_identifier_sealed_delete BEFORE DELETE ON patient_identifier
WHEN EXISTS (SELECT 1 FROM "case" WHERE id = OLD.case_id AND status = 'authorised')
BEGIN SELECT RAISE(ABORT, 'the case is sealed'); END;

CREATE TRIGGER specimen_sealed_insert BEFORE INSERT ON specimen
WHEN EXISTS (SELECT 1 FROM "case" WHERE id = NEW.case_id AND status = 'authorised')
BEGIN SELECT RAISE(ABORT, 'the case is sealed'); END;

CREATE TRIGGER specimen_sealed_update BEFORE UPDATE ON specimen
WHEN EXISTS (SELECT 1 FROM "case" WHERE id IN (OLD.case_id, NEW.case_id) AND status = 'authorised')
BEGIN SELECT RAISE(ABORT, 'the case is sealed'); END;

CREATE TRIGGER specimen_sealed_delete BEFORE DELETE ON specimen
WHEN EXISTS (SELECT 1 FROM "case" WHERE id = OLD.case_id AND status = 'authorised')
BEGIN SELECT RAISE(ABORT, 'the case is sealed'); END;

CREATE TRIGGER consent_sealed_insert BEFORE INSERT ON consent
WHEN EXISTS (SELECT 1 FROM "case" WHERE id = NEW.case_id AND status = 'authorised')
BEGIN SELECT RAISE(ABORT, 'the case is sealed'); END;

CREATE TRIGGER consent_sealed_update BEFORE UPDATE ON consent
WHEN EXISTS (SELECT 1 FROM "case" WHERE id IN (OLD.case_id, NEW.case_id) AND status = 'authorised')
BEGIN SELECT RAISE(ABORT, 'the case is sealed'); END;

CREATE TRIGGER consent_sealed_delete BEFORE DELETE ON consent
WHEN EXISTS (SELECT 1 FROM "case" WHERE id = OLD.case_id AND status = 'authorised')
BEGIN SELECT RAISE(ABORT, 'the case is sealed'); END;

CREATE TRIGGER family_sealed_insert BEFORE INSERT ON family
WHEN EXISTS (SELECT 1 FROM "case" WHERE id = NEW.case_id AND status = 'authorised')
BEGIN SELECT RAISE(ABORT, 'the case is sealed'); END;

CREATE TRIGGER family_sealed_update BEFORE UPDATE ON family
WHEN EXISTS (SELECT 1 FROM "case" WHERE id IN (OLD.case_id, NEW.case_id) AND status = 'authorised')
BEGIN SELECT RAISE(ABORT, 'the case is sealed'); END;

CREATE TRIGGER family_sealed_delete BEFORE DELETE ON family
WHEN EXISTS (SELECT 1 FROM "case" WHERE id = OLD.case_id AND status = 'authorised')
BEGIN SELECT RAISE(ABORT, 'the case is sealed'); END;

CREATE TRIGGER family_member_sealed_insert BEFORE INSERT ON family_member
WHEN EXISTS (SELECT 1 FROM "case" WHERE id = NEW.case_id AND status = 'authorised')
BEGIN SELECT RAISE(ABORT, 'the case is sealed'); END;

CREATE TRIGGER family_member_sealed_update BEFORE UPDATE ON family_member
WHEN EXISTS (SELECT 1 FROM "case" WHERE id IN (OLD.case_id, NEW.case_id) AND status = 'authorised')
BEGIN SELECT RAISE(ABORT, 'the case is sealed'); END;

CREATE TRIGGER family_member_sealed_delete BEFORE DELETE ON family_member
WHEN EXISTS (SELECT 1 FROM "case" WHERE id = OLD.case_id AND status = 'authorised')
BEGIN SELECT RAISE(ABORT, 'the case is sealed'); END;

CREATE TRIGGER hpo_term_sealed_insert BEFORE INSERT ON hpo_term
WHEN EXISTS (SELECT 1 FROM "case" WHERE id = NEW.case_id AND status = 'authorised')
BEGIN SELECT RAISE(ABORT, 'the case is sealed'); END;

CREATE TRIGGER hpo_term_sealed_update BEFORE UPDATE ON hpo_term
WHEN EXISTS (SELECT 1 FROM "case" WHERE id IN (OLD.case_id, NEW.case_id) AND status = 'authorised')
BEGIN SELECT RAISE(ABORT, 'the case is sealed'); END;

CREATE TRIGGER hpo_term_sealed_delete BEFORE DELETE ON hpo_term
WHEN EXISTS (SELECT 1 FROM "case" WHERE id = OLD.case_id AND status = 'authorised')
BEGIN SELECT RAISE(ABORT, 'the case is sealed'); END;

CREATE TRIGGER intake_check_sealed_insert BEFORE INSERT ON intake_check
WHEN EXISTS (SELECT 1 FROM "case" WHERE id = NEW.case_id AND status = 'authorised')
BEGIN SELECT RAISE(ABORT, 'the case is sealed'); END;

CREATE TRIGGER intake_check_sealed_update BEFORE UPDATE ON intake_check
WHEN EXISTS (SELECT 1 FROM "case" WHERE id IN (OLD.case_id, NEW.case_id) AND status = 'authorised')
BEGIN SELECT RAISE(ABORT, 'the case is sealed'); END;

CREATE TRIGGER intake_check_sealed_delete BEFORE DELETE ON intake_check
WHEN EXISTS (SELECT 1 FROM "case" WHERE id = OLD.case_id AND status = 'authorised')
BEGIN SELECT RAISE(ABORT, 'the case is sealed'); END;

CREATE TRIGGER assessment_sealed_insert BEFORE INSERT ON assessment
WHEN EXISTS (SELECT 1 FROM "case" WHERE id = NEW.case_id AND status = 'authorised')
BEGIN SELECT RAISE(ABORT, 'the case is sealed'); END;

CREATE TRIGGER report_sealed_insert BEFORE INSERT ON report
WHEN EXISTS (SELECT 1 FROM "case" WHERE id = NEW.case_id AND status = 'authorised')
BEGIN SELECT RAISE(ABORT, 'the case is sealed'); END;

CREATE TRIGGER assessment_sealed_update BEFORE UPDATE ON assessment
WHEN EXISTS (SELECT 1 FROM "case" WHERE id = OLD.case_id AND status = 'authorised')
BEGIN SELECT RAISE(ABORT, 'the case is sealed'); END;

CREATE TRIGGER evidence_sealed_insert BEFORE INSERT ON evidence
WHEN EXISTS (SELECT 1 FROM assessment a JOIN "case" c ON c.id = a.case_id
             WHERE a.id = NEW.assessment_id AND c.status = 'authorised')
BEGIN SELECT RAISE(ABORT, 'the case is sealed'); END;

CREATE TRIGGER review_sealed_insert BEFORE INSERT ON review
WHEN EXISTS (SELECT 1 FROM assessment a JOIN "case" c ON c.id = a.case_id
             WHERE a.id = NEW.assessment_id AND c.status = 'authorised')
BEGIN SELECT RAISE(ABORT, 'the case is sealed'); END;

