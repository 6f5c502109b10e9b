import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { openWorkspace } from '../../src/main/store/open-workspace.ts'
import { applicationId } from '../../src/main/store/vet-workspace-file.ts'
import { diagnoseWorkspace } from '../../src/main/pipeline/run/diagnose/diagnose-workspace.ts'
import { listRuns } from '../../src/main/features/runs/queries.ts'
import { repository, temporaryFolder } from '../helpers/feeds.ts'

test('a workspace of before knows by whose word each run was published, and has no candidate', () => {
  const folder = temporaryFolder()
  const old = new Database(join(folder, 'workspace.db'))
  old.pragma(`application_id = ${applicationId}`)
  for (const name of ['0001_workspace', '0002_repair'])
    old.exec(readFileSync(join(repository, `resources/migrations/${name}.sql`), 'utf8'))
  old.pragma('user_version = 2')
  old.exec(`
    INSERT INTO assay_run (run_id, status, as_of, input, started_by, started_at, finished_at) VALUES
      (1, 'published', 19000, '/feeds', 'ann', 1000, 2000), (2, 'failed', 19000, '/feeds', 'ann', 3000, 4000),
      (3, 'published', 19001, '/feeds', 'ben', 5000, 6000), (4, 'blocked', 19001, '/feeds', 'ben', 7000, 8000);
    INSERT INTO assay_published VALUES (1, 3);
    INSERT INTO assay_setting VALUES ('contract:claims', 'abc'), ('project', 'benefits');
    INSERT INTO assay_enrichment_answer VALUES ('company_enrichment', 'a.com', 'enriched', '{}', 'file:x', 1, 2)`)
  old.close()
  const { connection } = openWorkspace(folder)
  try {
    expect(listRuns(connection, 10, () => false)).toMatchObject([
      { run_id: 4, is_undone: false, is_candidate: false, publications: [] },
      { run_id: 3, is_current: true, publications: [{ kind: 'publish', who: 'ben', previous_run: 1 }] },
      { run_id: 2, is_undone: true, can_roll_back: false },
      { run_id: 1, can_roll_back: true, publications: [{ kind: 'publish', who: 'ann', previous_run: null }] },
    ])
    const all = (sql: string) => connection.prepare(sql).all()
    expect(all('SELECT run_id, source, fingerprint FROM assay_run_contract')).toEqual([
      { run_id: 3, source: 'claims', fingerprint: 'abc' },
    ])
    expect(all("SELECT name FROM assay_setting WHERE name LIKE 'contract%'")).toEqual([])
    expect(all('SELECT from_run, to_run, key, status FROM assay_enrichment_answer')).toEqual([
      { from_run: 1, to_run: null, key: 'a.com', status: 'enriched' },
    ])
  } finally {
    connection.close()
  }
  expect(diagnoseWorkspace(folder).findings).toEqual([])
})
