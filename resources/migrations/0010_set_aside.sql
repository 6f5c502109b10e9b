-- Going forth, until another run is published, to runs that readers were taken back from. A run that starts begins where readers are, so
-- what such runs did is set aside: the row versions that they added to a table in a table `assay_aside:TABLE`, which no project can name,
-- all else in these.

-- 1: it is undone, but what it did is set aside and can be brought back.
ALTER TABLE assay_run ADD COLUMN is_set_aside INTEGER NOT NULL DEFAULT 0 CHECK (is_set_aside IN (0, 1));

-- The versioned tables of which something is set aside. key_index: the SQL of the index of their living keys then; null where there was none.
CREATE TABLE assay_aside_table (
  table_name TEXT PRIMARY KEY,
  key_index TEXT
) STRICT, WITHOUT ROWID;

-- The versions from before such runs that one of them closed, and which.
CREATE TABLE assay_aside_closed (
  table_name TEXT NOT NULL,
  version INTEGER NOT NULL,
  to_run INTEGER NOT NULL,
  PRIMARY KEY (table_name, version)
) STRICT, WITHOUT ROWID;

-- Rows of assay_run_table and assay_sighting.
CREATE TABLE assay_aside_run_table (
  run_id INTEGER NOT NULL,
  table_name TEXT NOT NULL,
  first_version INTEGER NOT NULL,
  PRIMARY KEY (run_id, table_name)
) STRICT, WITHOUT ROWID;
CREATE TABLE assay_aside_sighting (
  run_id INTEGER NOT NULL,
  arrival INTEGER NOT NULL,
  seen_as INTEGER,
  PRIMARY KEY (run_id, arrival)
) STRICT, WITHOUT ROWID;
