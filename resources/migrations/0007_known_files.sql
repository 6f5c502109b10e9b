-- 1: the file was read by an earlier run, and not again.
ALTER TABLE assay_run_file ADD COLUMN is_known INTEGER NOT NULL DEFAULT 0 CHECK (is_known IN (0, 1));
