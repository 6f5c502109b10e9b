-- What watches over the models of a run, how each model was built, and limits on what is taken in.

-- What a guard measured of a model, and between what it should have been; no row where a guard has nothing to go by yet.
CREATE TABLE assay_run_guard (
  run_id INTEGER NOT NULL,
  model TEXT NOT NULL,
  guard TEXT NOT NULL CHECK (guard IN ('fan_out', 'growth', 'seconds', 'rows_read', 'time_limit')),
  status TEXT NOT NULL CHECK (status IN ('pass', 'warn', 'fail')),
  value REAL NOT NULL,
  low REAL,
  high REAL,
  message TEXT NOT NULL,
  PRIMARY KEY (run_id, model, guard)
) STRICT, WITHOUT ROWID;

-- How a model was built: guards learn from it, and a plan is compared with that of the last good run.
CREATE TABLE assay_run_profile (
  run_id INTEGER NOT NULL,
  model TEXT NOT NULL,
  -- whole: all of its rows; part: those that hang on what changed
  scope TEXT NOT NULL CHECK (scope IN ('whole', 'part')),
  seconds REAL NOT NULL,
  -- rows of each input, as JSON
  inputs TEXT NOT NULL,
  -- the steps of the query plan, as JSON
  plan TEXT NOT NULL,
  PRIMARY KEY (run_id, model)
) STRICT, WITHOUT ROWID;

-- Limits that people set on what is taken in of a source; the last one of a source is in force. Null and [] limit nothing.
CREATE TABLE assay_limit (
  limit_id INTEGER PRIMARY KEY AUTOINCREMENT,
  source TEXT NOT NULL,
  max_rows INTEGER CHECK (max_rows >= 0),
  companies TEXT NOT NULL,
  set_by TEXT NOT NULL,
  set_at INTEGER NOT NULL,
  reason TEXT NOT NULL
) STRICT;

-- The limits that a run was made with.
CREATE TABLE assay_run_limit (
  run_id INTEGER NOT NULL,
  source TEXT NOT NULL,
  max_rows INTEGER,
  companies TEXT NOT NULL,
  PRIMARY KEY (run_id, source)
) STRICT, WITHOUT ROWID;
