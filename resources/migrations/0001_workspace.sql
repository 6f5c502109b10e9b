-- The workspace's own tables. Tables of the project (staged rows, models) are made by the runs; they and the versioned tables below
-- carry from_run and to_run: a row is living while to_run is null, and run P sees from_run <= P and (to_run is null or to_run > P).

CREATE TABLE assay_setting (
  name TEXT PRIMARY KEY,
  value ANY
) STRICT, WITHOUT ROWID;

CREATE TABLE assay_run (
  run_id INTEGER PRIMARY KEY AUTOINCREMENT,
  status TEXT NOT NULL CHECK (status IN ('running', 'published', 'blocked', 'failed', 'cancelled')),
  as_of INTEGER NOT NULL,
  input TEXT NOT NULL,
  started_by TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  finished_at INTEGER,
  error TEXT
) STRICT;

-- The published run: one row, so that publishing is one write.
CREATE TABLE assay_published (
  only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
  run_id INTEGER NOT NULL REFERENCES assay_run
) STRICT;

-- Where the versions of each run begin in each versioned table, so that undoing a run costs what the run wrote.
CREATE TABLE assay_run_table (
  run_id INTEGER NOT NULL,
  table_name TEXT NOT NULL,
  first_version INTEGER NOT NULL,
  PRIMARY KEY (run_id, table_name)
) STRICT, WITHOUT ROWID;

CREATE TABLE assay_run_source (
  run_id INTEGER NOT NULL,
  source TEXT NOT NULL,
  rows_read INTEGER NOT NULL,
  released INTEGER NOT NULL,
  inserted INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  unchanged INTEGER NOT NULL,
  superseded INTEGER NOT NULL,
  quarantined INTEGER NOT NULL,
  high_water_mark INTEGER,
  PRIMARY KEY (run_id, source),
  CHECK (rows_read + released = inserted + updated + unchanged + superseded + quarantined)
) STRICT, WITHOUT ROWID;

CREATE TABLE assay_run_file (
  run_id INTEGER NOT NULL,
  file TEXT NOT NULL,
  source TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  sha256 TEXT,
  rows_read INTEGER NOT NULL,
  rows_quarantined INTEGER NOT NULL,
  encoding TEXT NOT NULL,
  format TEXT NOT NULL,
  warnings TEXT NOT NULL,
  rejected_reason TEXT,
  PRIMARY KEY (run_id, file)
) STRICT, WITHOUT ROWID;

CREATE TABLE assay_run_model (
  run_id INTEGER NOT NULL,
  position INTEGER NOT NULL,
  model TEXT NOT NULL,
  rows INTEGER NOT NULL,
  previous_rows INTEGER,
  seconds REAL NOT NULL,
  fingerprint TEXT NOT NULL,
  PRIMARY KEY (run_id, model)
) STRICT, WITHOUT ROWID;

CREATE TABLE assay_run_check (
  run_id INTEGER NOT NULL,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  model TEXT NOT NULL,
  column_name TEXT,
  severity TEXT NOT NULL CHECK (severity IN ('warn', 'error')),
  status TEXT NOT NULL CHECK (status IN ('pass', 'warn', 'fail')),
  failures INTEGER NOT NULL,
  blocking INTEGER NOT NULL,
  PRIMARY KEY (run_id, name)
) STRICT, WITHOUT ROWID;

-- Every row that failed a check, as JSON; none is left out.
CREATE TABLE assay_check_failure (
  run_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  row TEXT NOT NULL
) STRICT;
CREATE INDEX assay_check_failure_by_check ON assay_check_failure (run_id, name);

CREATE TABLE assay_run_export (
  run_id INTEGER NOT NULL,
  path TEXT NOT NULL,
  PRIMARY KEY (run_id, path)
) STRICT, WITHOUT ROWID;

CREATE TABLE assay_run_log (
  run_id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  level TEXT NOT NULL,
  message TEXT NOT NULL
) STRICT;
CREATE INDEX assay_run_log_by_run ON assay_run_log (run_id);

-- Rows held back. arrival numbers every record ever read; it is the record's identity in the workspace.
CREATE TABLE assay_quarantine (
  version INTEGER PRIMARY KEY,
  from_run INTEGER NOT NULL,
  to_run INTEGER,
  arrival INTEGER NOT NULL,
  source TEXT NOT NULL,
  file TEXT NOT NULL,
  line INTEGER NOT NULL,
  byte_offset INTEGER NOT NULL,
  encoding TEXT NOT NULL,
  raw TEXT NOT NULL,
  -- the delivered cells by column as JSON; null where the record could not be parsed
  cells TEXT,
  first_run INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX assay_quarantine_living ON assay_quarantine (arrival) WHERE to_run IS NULL;
CREATE INDEX assay_quarantine_by_place ON assay_quarantine (source, file, line) WHERE to_run IS NULL;
CREATE INDEX assay_quarantine_closed ON assay_quarantine (to_run) WHERE to_run IS NOT NULL;
CREATE INDEX assay_quarantine_by_arrival ON assay_quarantine (arrival);
-- Counting by facet and by filter reads this alone, never the wide rows.
CREATE INDEX assay_quarantine_facets ON assay_quarantine (source, file, first_run, from_run, to_run, arrival);

-- When a quarantined row was delivered again, unchanged.
CREATE TABLE assay_sighting (
  run_id INTEGER NOT NULL,
  arrival INTEGER NOT NULL,
  PRIMARY KEY (run_id, arrival)
) STRICT, WITHOUT ROWID;
CREATE INDEX assay_sighting_by_arrival ON assay_sighting (arrival);

-- Errors and warnings of quarantined rows and warnings of staged rows.
CREATE TABLE assay_finding (
  version INTEGER PRIMARY KEY,
  from_run INTEGER NOT NULL,
  to_run INTEGER,
  arrival INTEGER NOT NULL,
  position INTEGER NOT NULL,
  source TEXT NOT NULL,
  row_id TEXT NOT NULL,
  is_quarantined INTEGER NOT NULL,
  field TEXT NOT NULL,
  rule TEXT NOT NULL,
  severity TEXT NOT NULL CHECK (severity IN ('error', 'warning')),
  message TEXT NOT NULL,
  raw_value TEXT
) STRICT;
CREATE INDEX assay_finding_by_arrival ON assay_finding (arrival);
CREATE INDEX assay_finding_by_rule ON assay_finding (is_quarantined, field, rule, from_run, to_run, arrival);
CREATE INDEX assay_finding_closed ON assay_finding (to_run) WHERE to_run IS NOT NULL;

-- What an enrichment service answered, good or bad, and until when that counts.
CREATE TABLE assay_enrichment_answer (
  enrichment TEXT NOT NULL,
  key TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('enriched', 'not_found', 'failed')),
  answer TEXT NOT NULL,
  provider TEXT NOT NULL,
  fetched_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (enrichment, key)
) STRICT, WITHOUT ROWID;
