-- Who took a run that a check blocked back for good, when and why. Apart from publications: the last one of these is what readers see.
CREATE TABLE assay_discard (
  run_id INTEGER PRIMARY KEY REFERENCES assay_run,
  at INTEGER NOT NULL,
  who TEXT NOT NULL,
  reason TEXT NOT NULL
) STRICT;
INSERT OR IGNORE INTO assay_discard
SELECT run_id, at, substr(message, 1, instr(message, ' discarded the run: ') - 1), '' FROM assay_run_log
WHERE message GLOB '?* discarded the run: its tables were taken back.';

-- Who set the limits that a run was made with, why, and how many of the rows that it read they hold.
ALTER TABLE assay_run_limit ADD COLUMN set_by TEXT NOT NULL DEFAULT '';
ALTER TABLE assay_run_limit ADD COLUMN reason TEXT NOT NULL DEFAULT '';
ALTER TABLE assay_run_limit ADD COLUMN held_rows INTEGER NOT NULL DEFAULT 0;
