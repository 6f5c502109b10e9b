-- How many rows of the model readers see in a run that holds parts back; null where it holds none, and they see `rows`. What the next run
-- counts on from is `rows` all the same: the rows that are held are there for it.
ALTER TABLE assay_run_model ADD COLUMN seen_rows INTEGER;

-- How long it took to read and stage the source; null for runs before this was kept.
ALTER TABLE assay_run_source ADD COLUMN seconds REAL;
