-- Records apart from how they stand, and what people decide about them.

-- Every record that was ever held back or repaired, as delivered; never changed. identity: the key the source gave the record, or
-- '@FILE:LINE' where the key is what is broken.
CREATE TABLE assay_record (
  version INTEGER PRIMARY KEY,
  from_run INTEGER NOT NULL,
  to_run INTEGER,
  arrival INTEGER NOT NULL UNIQUE,
  source TEXT NOT NULL,
  identity TEXT NOT NULL,
  file TEXT NOT NULL,
  line INTEGER NOT NULL,
  byte_offset INTEGER NOT NULL,
  encoding TEXT NOT NULL,
  company TEXT,
  raw TEXT NOT NULL,
  -- the delivered cells by column as JSON; null where the record could not be parsed
  cells TEXT,
  -- of a CSV record that could not be parsed: delimiter and columns of its file, as JSON
  header TEXT
) STRICT;
CREATE INDEX assay_record_by_identity ON assay_record (source, identity);
CREATE INDEX assay_record_by_place ON assay_record (source, file, line);

INSERT INTO assay_record (from_run, arrival, source, identity, file, line, byte_offset, encoding, raw, cells)
SELECT first_run, arrival, source, '@' || file || ':' || line, file, line, byte_offset, encoding, raw, cells
FROM assay_quarantine GROUP BY arrival ORDER BY arrival;
-- Their keys and companies only the project can tell: they are filled in when the workspace is next opened with it.
INSERT INTO assay_setting SELECT 'records_without_key', 1 WHERE EXISTS (SELECT 1 FROM assay_record);

-- How each of them stands: open, discarded, released (staged, with corrections or since its rules hold now), waived (staged as it is).
ALTER TABLE assay_quarantine RENAME TO assay_quarantine_before;
CREATE TABLE assay_quarantine (
  version INTEGER PRIMARY KEY,
  from_run INTEGER NOT NULL,
  to_run INTEGER,
  arrival INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'discarded', 'released', 'waived')),
  source TEXT NOT NULL,
  file TEXT NOT NULL,
  line INTEGER NOT NULL,
  company TEXT,
  first_run INTEGER NOT NULL
) STRICT;
INSERT INTO assay_quarantine (version, from_run, to_run, arrival, state, source, file, line, first_run)
SELECT version, from_run, to_run, arrival, 'open', source, file, line, first_run FROM assay_quarantine_before ORDER BY version;
DROP TABLE assay_quarantine_before;
INSERT INTO assay_quarantine (from_run, to_run, arrival, state, source, file, line, first_run)
SELECT q.to_run, NULL, q.arrival, 'released', q.source, q.file, q.line, q.first_run FROM assay_quarantine AS q
WHERE q.to_run IS NOT NULL AND NOT EXISTS (SELECT 1 FROM assay_quarantine AS later WHERE later.arrival = q.arrival AND later.version > q.version);
CREATE UNIQUE INDEX assay_quarantine_living ON assay_quarantine (arrival) WHERE to_run IS NULL;
CREATE INDEX assay_quarantine_closed ON assay_quarantine (to_run) WHERE to_run IS NOT NULL;
CREATE INDEX assay_quarantine_by_arrival ON assay_quarantine (arrival);
-- Counting by facet and by filter reads this alone.
CREATE INDEX assay_quarantine_facets ON assay_quarantine (state, source, file, company, first_run, from_run, to_run, arrival);

-- The number under which a record was seen again; the same record, in the order of arrival.
ALTER TABLE assay_sighting ADD COLUMN seen_as INTEGER;
CREATE INDEX assay_sighting_by_seen ON assay_sighting (seen_as) WHERE seen_as IS NOT NULL;

-- The first record's arrival number of a file: its records are numbered on from there.
ALTER TABLE assay_run_file ADD COLUMN first_arrival INTEGER;
CREATE INDEX assay_run_file_by_arrival ON assay_run_file (first_arrival);

-- feeds: reads what was delivered; replay: only records that are known already; preview: a replay that is never published.
ALTER TABLE assay_run ADD COLUMN kind TEXT NOT NULL DEFAULT 'feeds' CHECK (kind IN ('feeds', 'replay', 'preview'));
-- The last operation that the run knew of.
ALTER TABLE assay_run ADD COLUMN last_operation INTEGER;

-- Rows that left staging to be judged anew, on the left side of the book.
CREATE TABLE assay_run_source_new (
  run_id INTEGER NOT NULL,
  source TEXT NOT NULL,
  rows_read INTEGER NOT NULL,
  released INTEGER NOT NULL,
  withdrawn INTEGER NOT NULL,
  inserted INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  unchanged INTEGER NOT NULL,
  superseded INTEGER NOT NULL,
  quarantined INTEGER NOT NULL,
  high_water_mark INTEGER,
  PRIMARY KEY (run_id, source),
  CHECK (rows_read + released + withdrawn = inserted + updated + unchanged + superseded + quarantined)
) STRICT, WITHOUT ROWID;
INSERT INTO assay_run_source_new
SELECT run_id, source, rows_read, released, 0, inserted, updated, unchanged, superseded, quarantined, high_water_mark FROM assay_run_source;
DROP TABLE assay_run_source;
ALTER TABLE assay_run_source_new RENAME TO assay_run_source;

-- What people did, each whole or not at all. It belongs to no run: a rollback takes its effects back, never the decision.
CREATE TABLE assay_operation (
  operation_id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind IN ('correct', 'waive', 'discard', 'undo')),
  what TEXT NOT NULL,
  made_by TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  reason TEXT NOT NULL,
  rows INTEGER NOT NULL,
  undoes INTEGER REFERENCES assay_operation,
  undone_by INTEGER REFERENCES assay_operation
) STRICT;

-- A decision about one record of a source, by its identity. correct: where the cell `field` is delivered as `raw_value` it counts as
-- `new_value` (field 'row': the whole record). waive: the rule of the field is not held against it. discard: the record `raw_value`.
CREATE TABLE assay_amendment (
  amendment_id INTEGER PRIMARY KEY,
  operation_id INTEGER NOT NULL REFERENCES assay_operation,
  kind TEXT NOT NULL CHECK (kind IN ('correct', 'waive', 'discard')),
  source TEXT NOT NULL,
  identity TEXT NOT NULL,
  field TEXT NOT NULL,
  rule TEXT NOT NULL,
  raw_value TEXT,
  new_value TEXT,
  -- whether the delivered value broke a rule
  was_wrong INTEGER NOT NULL,
  -- the first day on which a waiver counts no more
  expires_on INTEGER
) STRICT;
CREATE INDEX assay_amendment_by_identity ON assay_amendment (source, identity);
CREATE INDEX assay_amendment_by_operation ON assay_amendment (operation_id);

-- The amendments that the state after a run was made with, and how each stands against what the source delivered last.
CREATE TABLE assay_applied (
  version INTEGER PRIMARY KEY,
  from_run INTEGER NOT NULL,
  to_run INTEGER,
  amendment_id INTEGER NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('applied', 'retired', 'conflict')),
  delivered_value TEXT
) STRICT;
CREATE UNIQUE INDEX assay_applied_living ON assay_applied (amendment_id) WHERE to_run IS NULL;
CREATE INDEX assay_applied_closed ON assay_applied (to_run) WHERE to_run IS NOT NULL;

-- Records whose state, with all that people decided, is not yet the one that readers see.
CREATE TABLE assay_waiting (
  arrival INTEGER PRIMARY KEY,
  state TEXT NOT NULL CHECK (state IN ('open', 'corrected', 'waived', 'discarded')),
  operation_id INTEGER NOT NULL
) STRICT;

-- Counting reasons, fields, rules and values reads this alone.
DROP INDEX assay_finding_by_rule;
CREATE INDEX assay_finding_by_rule ON assay_finding (is_quarantined, field, rule, raw_value, from_run, to_run, arrival);

-- Filters that people gave a name.
CREATE TABLE assay_view (
  name TEXT PRIMARY KEY,
  filter TEXT NOT NULL
) STRICT, WITHOUT ROWID;
