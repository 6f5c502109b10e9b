import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { listRuns } from '../../src/main/features/runs/queries.ts'
import { bringForth } from '../../src/main/pipeline/run/publish/bring-forth.ts'
import { diagnoseWorkspace } from '../../src/main/pipeline/run/diagnose/diagnose-workspace.ts'
import { openWorkspace } from '../../src/main/store/open-workspace.ts'
import { applicationId } from '../../src/main/store/vet-workspace-file.ts'
import { repository, temporaryFolder } from '../helpers/feeds.ts'

test('rolled-back runs that an older version set aside can still be brought back', () => {
  const folder = temporaryFolder()
  const migrations = join(repository, 'resources/migrations')
  const before = readdirSync(migrations).filter((name) => name < '0013')
  const old = new Database(join(folder, 'workspace.db'))
  old.pragma(`application_id = ${applicationId}`)
  for (const name of before.toSorted()) old.exec(readFileSync(join(migrations, name), 'utf8'))
  old.pragma(`user_version = ${before.length}`)
  // Runs 2 and 3 were rolled back, and run 4, which failed, began where run 1 was: run 2 had closed the first row, run 3 the second.
  old.exec(`
    INSERT INTO assay_run (run_id, status, as_of, input, started_by, started_at, kind, is_undone, is_set_aside, built_on)
    VALUES (1, 'published', 1, '', 'Ada', 1, 'feeds', 0, 0, 0), (2, 'published', 1, '', 'Ada', 2, 'feeds', 1, 1, 1),
      (3, 'published', 1, '', 'Ada', 3, 'feeds', 1, 1, 2), (4, 'failed', 1, '', 'Ada', 4, 'feeds', 0, 0, 1);
    INSERT INTO assay_published VALUES (1, 1);
    INSERT INTO assay_publication (at, who, kind, reason, run_id, previous_run) VALUES (4, 'Ada', 'rollback', '', 1, 3);
    CREATE TABLE mart (version INTEGER PRIMARY KEY, from_run INTEGER NOT NULL, to_run INTEGER, key TEXT);
    CREATE UNIQUE INDEX mart_living ON mart (key) WHERE to_run IS NULL;
    CREATE INDEX mart_closed ON mart (to_run) WHERE to_run IS NOT NULL;
    INSERT INTO mart VALUES (1, 1, NULL, 'a'), (2, 1, NULL, 'b');
    INSERT INTO assay_run_table VALUES (1, 'mart', 1);
    CREATE TABLE "assay_aside:mart" AS SELECT 3 AS version, 2 AS from_run, NULL AS to_run, 'a' AS key;
    INSERT INTO assay_aside_table SELECT 'mart', sql FROM sqlite_schema WHERE name = 'mart_living';
    INSERT INTO assay_aside_closed VALUES ('mart', 1, 2), ('mart', 2, 3);
    INSERT INTO assay_aside_run_table VALUES (2, 'mart', 3), (3, 'mart', 4);
    INSERT INTO assay_aside_sighting VALUES (3, 7, NULL)`)
  old.close()
  const { connection } = openWorkspace(folder)
  try {
    expect(diagnoseWorkspace(folder).findings).toEqual([])
    expect(listRuns(connection, 10, () => false)).toMatchObject([
      { run_id: 4, is_set_aside: false },
      { run_id: 3, is_set_aside: true, can_roll_back: true },
      { run_id: 2, is_set_aside: true, can_roll_back: true },
      { run_id: 1, is_set_aside: false, is_current: true },
    ])
    connection.transaction(() => bringForth(connection))()
    expect(connection.prepare('SELECT * FROM mart').raw().all()).toEqual([
      [1, 1, 2, 'a'],
      [2, 1, 3, 'b'],
      [3, 2, null, 'a'],
    ])
    expect(connection.prepare('SELECT run_id, first_version FROM assay_run_table').raw().all()).toEqual([
      [1, 1],
      [2, 3],
      [3, 4],
    ])
    expect(connection.prepare('SELECT run_id FROM assay_sighting').pluck().all()).toEqual([3])
    expect(connection.prepare("SELECT name FROM sqlite_schema WHERE name GLOB 'assay_aside:*'").all()).toEqual([])
    expect(diagnoseWorkspace(folder).findings).toEqual([])
  } finally {
    connection.close()
  }
})
