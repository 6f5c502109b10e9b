-- Going on with a run that was broken off.

-- What the run was asked for, as JSON; null for runs before this was kept.
ALTER TABLE assay_run ADD COLUMN request TEXT;
-- When it was last gone on with, and what was said of that: also that it could not go on with another run and started over instead.
ALTER TABLE assay_run ADD COLUMN resumed_at INTEGER;
ALTER TABLE assay_run ADD COLUMN resumption TEXT;

-- The steps of a run that are done and what came of them, as JSON: each in the transaction of its step, so that it is done once.
CREATE TABLE assay_run_step (
  run_id INTEGER NOT NULL,
  step TEXT NOT NULL,
  result TEXT NOT NULL,
  PRIMARY KEY (run_id, step)
) STRICT, WITHOUT ROWID;
