-- Publishing, going back and forth between published runs, candidates.

-- What readers were given, when and by whose word; the last one is what they see.
CREATE TABLE assay_publication (
  publication_id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  who TEXT NOT NULL,
  -- release: published by a person although checks had failed
  kind TEXT NOT NULL CHECK (kind IN ('publish', 'release', 'rollback')),
  reason TEXT NOT NULL,
  run_id INTEGER NOT NULL REFERENCES assay_run,
  -- what readers saw before; null where they saw nothing
  previous_run INTEGER
) STRICT;
CREATE INDEX assay_publication_by_run ON assay_publication (run_id);
INSERT INTO assay_publication (at, who, kind, reason, run_id, previous_run)
SELECT coalesce(finished_at, started_at), started_by, 'publish', '', run_id, lag(run_id) OVER (ORDER BY run_id)
FROM assay_run WHERE status = 'published' ORDER BY run_id;

-- The published run that the run was made on top of, 0 for none; null for runs before this was kept.
ALTER TABLE assay_run ADD COLUMN built_on INTEGER;
-- The arrival number after its last record, once all of its models were built and checked.
ALTER TABLE assay_run ADD COLUMN next_arrival INTEGER;
-- Its row versions were taken back for good.
ALTER TABLE assay_run ADD COLUMN is_undone INTEGER NOT NULL DEFAULT 0 CHECK (is_undone IN (0, 1));
UPDATE assay_run SET is_undone = 1
WHERE status <> 'published' AND run_id < (SELECT run_id FROM assay_published);

-- By which contracts the state after a run was judged.
CREATE TABLE assay_run_contract (
  run_id INTEGER NOT NULL,
  source TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  PRIMARY KEY (run_id, source)
) STRICT, WITHOUT ROWID;
INSERT INTO assay_run_contract
SELECT p.run_id, substr(s.name, length('contract:') + 1), s.value
FROM assay_setting AS s JOIN assay_published AS p WHERE s.name GLOB 'contract:*';
DELETE FROM assay_setting WHERE name GLOB 'contract:*';

-- Answers of enrichment come with deliveries and go back with them.
ALTER TABLE assay_enrichment_answer RENAME TO assay_enrichment_answer_before;
CREATE TABLE assay_enrichment_answer (
  version INTEGER PRIMARY KEY,
  from_run INTEGER NOT NULL,
  to_run INTEGER,
  enrichment TEXT NOT NULL,
  key TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('enriched', 'not_found', 'failed')),
  answer TEXT NOT NULL,
  provider TEXT NOT NULL,
  fetched_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;
INSERT INTO assay_enrichment_answer (from_run, enrichment, key, status, answer, provider, fetched_at, expires_at)
SELECT r.first_run, enrichment, key, status, answer, provider, fetched_at, expires_at
FROM assay_enrichment_answer_before JOIN (SELECT min(run_id) AS first_run FROM assay_run WHERE status = 'published') AS r
WHERE r.first_run IS NOT NULL ORDER BY enrichment, key;
DROP TABLE assay_enrichment_answer_before;
CREATE UNIQUE INDEX assay_enrichment_answer_living ON assay_enrichment_answer (enrichment, key) WHERE to_run IS NULL;
CREATE INDEX assay_enrichment_answer_closed ON assay_enrichment_answer (to_run) WHERE to_run IS NOT NULL;
