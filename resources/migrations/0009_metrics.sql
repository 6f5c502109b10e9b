-- Metrics of what each run left, kept for ever: row versions that are never dropped, so that what did not change costs nothing.

-- Of a column, or ('') of a relation as a whole. scope: 'state' all rows; 'delivered' the rows that the run from_run staged new or changed.
CREATE TABLE assay_metric (
  version INTEGER PRIMARY KEY,
  from_run INTEGER NOT NULL,
  to_run INTEGER,
  relation TEXT NOT NULL,
  scope TEXT NOT NULL CHECK (scope IN ('state', 'delivered')),
  column_name TEXT NOT NULL,
  position INTEGER NOT NULL,
  type TEXT NOT NULL,
  rows INTEGER NOT NULL,
  nulls INTEGER NOT NULL,
  distinct_values INTEGER NOT NULL,
  -- in the column's inside unit: days, cents, milliseconds
  minimum REAL,
  maximum REAL,
  total REAL,
  -- how far its distribution lies from that of the version before (population stability index); null for the first
  shift REAL,
  -- values, bins, lengths and shapes as compressed JSON
  detail BLOB NOT NULL,
  -- of many different values a sample, by which they are counted on; null but for the last runs
  sample BLOB
) STRICT;
CREATE UNIQUE INDEX assay_metric_living ON assay_metric (relation, scope, column_name) WHERE to_run IS NULL;
CREATE INDEX assay_metric_by_column ON assay_metric (relation, scope, column_name, from_run);
CREATE INDEX assay_metric_by_end ON assay_metric (to_run);

-- Rows, nulls and sums of each company in a relation.
CREATE TABLE assay_company_metric (
  version INTEGER PRIMARY KEY,
  from_run INTEGER NOT NULL,
  to_run INTEGER,
  relation TEXT NOT NULL,
  scope TEXT NOT NULL CHECK (scope IN ('state', 'delivered')),
  company TEXT NOT NULL,
  rows INTEGER NOT NULL,
  -- nulls and sum of each column, in the order of their positions, as JSON
  measures TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX assay_company_metric_living ON assay_company_metric (relation, scope, company) WHERE to_run IS NULL;
-- Of a run's deliveries this alone is read.
CREATE INDEX assay_company_metric_by_run ON assay_company_metric (relation, scope, from_run, company, rows);
CREATE INDEX assay_company_metric_by_company ON assay_company_metric (relation, scope, company, from_run);
CREATE INDEX assay_company_metric_by_end ON assay_company_metric (to_run);

-- What people say of a run's metrics, so that baselines learn the right thing; the last word on a run or a metric of it counts.
CREATE TABLE assay_run_label (
  label_id INTEGER PRIMARY KEY AUTOINCREMENT,
  run_id INTEGER NOT NULL REFERENCES assay_run,
  -- one metric as JSON; null for the whole run
  metric TEXT,
  -- null takes an earlier label off
  label TEXT CHECK (label IN ('incident', 'expected', 'new_level', 'clean')),
  reason TEXT NOT NULL,
  who TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX assay_run_label_by_run ON assay_run_label (run_id);
