import { expect } from 'vitest'
import { diagnoseWorkspace } from '../../src/main/pipeline/run/diagnose/diagnose-workspace.ts'
import { publishedRunOf } from '../../src/main/pipeline/run/publish/published-runs.ts'
import type { Connection } from '../../src/main/store/database.ts'
import { openWorkspace } from '../../src/main/store/open-workspace.ts'
import { isSeenBy } from '../../src/main/store/versioned-table.ts'

/** Every record is in exactly one state, and nothing is both staged and held back: for readers, and after all that was written. */
export function expectOneStateEach(workspace: string): void {
  const { connection } = openWorkspace(workspace)
  try {
    const published = publishedRunOf(connection)
    const last = Number(connection.prepare('SELECT max(run_id) FROM assay_run').pluck().get())
    for (const run of new Set([published, last])) expectOneStateIn(connection, run)
  } finally {
    connection.close()
  }
  expect(diagnoseWorkspace(workspace).findings).toEqual([])
}

function expectOneStateIn(connection: Connection, run: number): void {
  const all = (sql: string) => connection.prepare(sql).all()
  const seen = (alias: string) => isSeenBy(run, alias)
  expect(
    all(
      `SELECT arrival FROM assay_record AS r WHERE r.from_run <= ${run}
        AND (SELECT count(*) FROM assay_quarantine AS q WHERE q.arrival = r.arrival AND ${seen('q')}) <> 1`,
    ),
    'records without one state',
  ).toEqual([])
  expect(
    all(`SELECT q.arrival FROM assay_quarantine AS q WHERE ${seen('q')} AND (q.state = 'open') <> EXISTS (
      SELECT 1 FROM assay_finding AS f WHERE f.arrival = q.arrival AND ${seen('f')} AND f.is_quarantined AND f.severity = 'error')`),
    'open rows without a reason, settled ones with one',
  ).toEqual([])
  // With every place in the order of arrival at which they were seen.
  connection.exec(`
    DROP TABLE IF EXISTS temp.held;
    CREATE TABLE temp.held (arrival INTEGER PRIMARY KEY);
    INSERT INTO temp.held SELECT q.arrival FROM assay_quarantine AS q WHERE ${seen('q')} AND q.state IN ('open', 'discarded');
    INSERT OR IGNORE INTO temp.held SELECT g.seen_as FROM assay_sighting AS g
    WHERE g.run_id <= ${run} AND g.seen_as IS NOT NULL AND g.arrival IN (SELECT arrival FROM temp.held)`)
  for (const source of ['claims', 'employees', 'plans'])
    expect(
      all(
        `SELECT s.arrival FROM staged_${source} AS s WHERE ${seen('s')} AND s.arrival IN (SELECT arrival FROM temp.held)`,
      ),
      `rows of ${source} both staged and held back`,
    ).toEqual([])
}
