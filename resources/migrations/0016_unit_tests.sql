-- Unit tests of models that a run changed guard it too.
ALTER TABLE assay_run_guard RENAME TO assay_run_guard_before;
CREATE TABLE assay_run_guard (
  run_id INTEGER NOT NULL,
  model TEXT NOT NULL,
  guard TEXT NOT NULL CHECK (guard IN ('fan_out', 'growth', 'seconds', 'rows_read', 'time_limit', 'unit_test')),
  status TEXT NOT NULL CHECK (status IN ('pass', 'warn', 'fail')),
  value REAL NOT NULL,
  low REAL,
  high REAL,
  message TEXT NOT NULL,
  PRIMARY KEY (run_id, model, guard)
) STRICT, WITHOUT ROWID;
INSERT INTO assay_run_guard SELECT run_id, model, guard, status, value, low, high, message FROM assay_run_guard_before;
DROP TABLE assay_run_guard_before;
