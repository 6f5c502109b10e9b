-- Several groups of runs are set aside at once: those that readers were taken back from, and each run that a check blocked and another one
-- started over. A group goes by the number of its first run.

-- The group that a run is set aside with: it is undone, but what it did can be brought back. Null where it is not set aside.
ALTER TABLE assay_run ADD COLUMN aside_group INTEGER;
UPDATE assay_run SET aside_group = (SELECT min(run_id) FROM assay_run WHERE is_set_aside) WHERE is_set_aside;
ALTER TABLE assay_run DROP COLUMN is_set_aside;

-- kept_in: the table with the row versions, `assay_aside:GROUP:TABLE`; before there were groups it was `assay_aside:TABLE`.
ALTER TABLE assay_aside_table RENAME TO assay_aside_table_before;
CREATE TABLE assay_aside_table (
  aside_group INTEGER NOT NULL,
  table_name TEXT NOT NULL,
  kept_in TEXT NOT NULL UNIQUE,
  key_index TEXT,
  PRIMARY KEY (aside_group, table_name)
) STRICT, WITHOUT ROWID;
INSERT INTO assay_aside_table
SELECT (SELECT min(aside_group) FROM assay_run), table_name, 'assay_aside:' || table_name, key_index FROM assay_aside_table_before;
DROP TABLE assay_aside_table_before;

ALTER TABLE assay_aside_closed RENAME TO assay_aside_closed_before;
CREATE TABLE assay_aside_closed (
  aside_group INTEGER NOT NULL,
  table_name TEXT NOT NULL,
  version INTEGER NOT NULL,
  to_run INTEGER NOT NULL,
  PRIMARY KEY (aside_group, table_name, version)
) STRICT, WITHOUT ROWID;
INSERT INTO assay_aside_closed
SELECT (SELECT min(aside_group) FROM assay_run), table_name, version, to_run FROM assay_aside_closed_before;
DROP TABLE assay_aside_closed_before;
