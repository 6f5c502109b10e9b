-- A run is published before it is measured, so it is noted of each that it was. Until now none was published without.
INSERT OR IGNORE INTO assay_run_step (run_id, step, result)
SELECT run_id, 'measure', 'true' FROM assay_run WHERE status IN ('published', 'blocked');
