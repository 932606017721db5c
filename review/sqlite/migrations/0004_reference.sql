-- The reference sequence that the keys of a case's file rest on: where the FASTA
-- lies, and what it is known by. Empty where indels were trimmed only.

ALTER TABLE case_file ADD COLUMN reference TEXT NOT NULL DEFAULT '';
ALTER TABLE case_file ADD COLUMN reference_id TEXT NOT NULL DEFAULT '';
