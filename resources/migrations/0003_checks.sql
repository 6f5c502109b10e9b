-- Of a check that measures all rows together: what it measured, and what was asked of it, in words.
ALTER TABLE assay_run_check ADD COLUMN kind TEXT;
ALTER TABLE assay_run_check ADD COLUMN measured TEXT;
ALTER TABLE assay_run_check ADD COLUMN expected TEXT;

-- The rows that a published run holds back: those with this value in this column. Readers see them as the run `since_run` left them,
-- until a later run publishes without holding them. linked_to: the value that this one is held with, since a row moved from one to the other.
CREATE TABLE assay_run_blocked (
  run_id INTEGER NOT NULL,
  column_name TEXT NOT NULL,
  value ANY NOT NULL,
  check_name TEXT NOT NULL,
  since_run INTEGER NOT NULL,
  linked_to ANY,
  PRIMARY KEY (run_id, value, check_name)
) STRICT, WITHOUT ROWID;
