-- What is known of each delivery of a source, and what the gates said of it before anything was loaded.

-- One for each source and run that brought files no accepted run had read. It counts as history while its run is one of those that made
-- the state which readers see.
CREATE TABLE assay_delivery (
  run_id INTEGER NOT NULL,
  source TEXT NOT NULL,
  -- of the hashes of its files
  fingerprint TEXT NOT NULL,
  day INTEGER NOT NULL,
  rows INTEGER NOT NULL,
  -- 0 where a person let it through without saying that it is what to expect from now on
  teaches INTEGER NOT NULL,
  -- where a person said so: how many times the rows that were expected
  level_ratio REAL,
  -- how its keys stand to the delivery before, as shares
  added REAL,
  gone REAL,
  changed REAL,
  repeated REAL,
  -- bottom-k samples of hashes, 8 bytes each; null for all but the last deliveries
  keys BLOB,
  key_contents BLOB,
  contents BLOB,
  -- delivered columns with what a sample of their cells showed, as JSON; null with the samples
  columns TEXT,
  PRIMARY KEY (source, run_id)
) STRICT;

CREATE TABLE assay_gate (
  run_id INTEGER NOT NULL,
  source TEXT NOT NULL,
  gate TEXT NOT NULL CHECK (gate IN ('volume', 'freshness', 'keys', 'schema')),
  status TEXT NOT NULL CHECK (status IN ('pass', 'warn', 'held', 'allowed', 'quiet')),
  value REAL,
  low REAL,
  high REAL,
  -- the runs, as a JSON array
  learned_from TEXT NOT NULL,
  message TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  PRIMARY KEY (run_id, source, gate)
) STRICT, WITHOUT ROWID;

-- A person lets a held delivery through: the next runs of the same files pass that gate.
CREATE TABLE assay_gate_override (
  override_id INTEGER PRIMARY KEY AUTOINCREMENT,
  -- the run that was held, or that was told beforehand to let through what its gates hold
  run_id INTEGER NOT NULL,
  source TEXT NOT NULL,
  gate TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  value REAL,
  low REAL,
  high REAL,
  who TEXT NOT NULL,
  at INTEGER NOT NULL,
  reason TEXT NOT NULL,
  -- 1 where it is what to expect from now on
  is_expected INTEGER NOT NULL
) STRICT;
CREATE INDEX assay_gate_override_by_delivery ON assay_gate_override (source, fingerprint, gate);
