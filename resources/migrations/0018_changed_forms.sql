-- The SQL of the index of a table's living keys before the run gave the table another key; null where it did not.
ALTER TABLE assay_run_table ADD COLUMN key_before TEXT;
ALTER TABLE assay_aside_run_table ADD COLUMN key_before TEXT;
-- The key and the types of the columns that rows of the source were staged by, as JSON; null for runs of before this was kept.
ALTER TABLE assay_run_contract ADD COLUMN form TEXT;
