-- Gates that judge each company of a delivery, so that a broken feed of one holds up no other.

-- Companies by a number, so that what each delivery had of them takes few bytes.
CREATE TABLE assay_company (
  number INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

-- How many sound rows of which company a delivery had: pairs of 32-bit numbers; null where companies are not judged, and for all but the
-- deliveries that gates still learn from.
ALTER TABLE assay_delivery ADD COLUMN companies BLOB;

CREATE TABLE assay_gate_new (
  run_id INTEGER NOT NULL,
  source TEXT NOT NULL,
  gate TEXT NOT NULL CHECK (gate IN ('volume', 'freshness', 'keys', 'schema', 'companies')),
  -- the company that the verdict is about, '' where it is about the whole delivery. Of companies are noted those that are held, let
  -- through, or held no more; a run that brings nothing new of a held one notes again why it is held.
  company TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('pass', 'warn', 'held', 'allowed', 'quiet')),
  value REAL,
  low REAL,
  high REAL,
  -- of a company: how many rows were to be expected
  expected REAL,
  -- the runs, as a JSON array
  learned_from TEXT NOT NULL,
  message TEXT NOT NULL,
  -- of the delivery that was judged
  fingerprint TEXT NOT NULL,
  PRIMARY KEY (run_id, source, gate, company)
) STRICT, WITHOUT ROWID;
INSERT INTO assay_gate_new
SELECT run_id, source, gate, '', status, value, low, high, NULL, learned_from, message, fingerprint FROM assay_gate;
DROP TABLE assay_gate;
ALTER TABLE assay_gate_new RENAME TO assay_gate;

-- '' where the whole delivery was let through.
ALTER TABLE assay_gate_override ADD COLUMN company TEXT NOT NULL DEFAULT '';

-- The source whose gate holds the part back; null where a check does.
ALTER TABLE assay_run_blocked ADD COLUMN source TEXT;
