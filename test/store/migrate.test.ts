import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { openWorkspace } from '../../src/main/store/open-workspace.ts'
import { applicationId } from '../../src/main/store/vet-workspace-file.ts'
import { exportPublished, folderOf, repository, runFeeds, runOf, temporaryFolder } from '../helpers/feeds.ts'
import { expectOneStateEach } from '../helpers/one-state.ts'
import { openQuarantine } from '../helpers/quarantine.ts'

const migrations = join(repository, 'resources/migrations')
const header = 'claim_id,company_ein,service_date,amount,claim_type'
const raw = [
  'C1,11-1111111,2022-03-01,10.00,Dental',
  'C2,11-1111111,2022-03-02,1O.00,Dental',
  'C3,11-1111111,2023-02-01,30.00,Dental',
] as const
const cells = (record: string) =>
  JSON.stringify(Object.fromEntries(header.split(',').map((name, index) => [name, record.split(',')[index]])))

/** A day in milliseconds: when the runs of the old workspace were. */
const day = 86_400_000

/**
 * A workspace as version 1 left it after two runs over one file: C1 is staged, C2 is held back and was seen twice, C3 was held back until
 * its day had come.
 */
function oldWorkspace(): string {
  const folder = temporaryFolder()
  const database = new Database(join(folder, 'workspace.db'))
  database.pragma(`application_id = ${applicationId}`)
  database.pragma('journal_mode = WAL')
  database.exec(readFileSync(join(migrations, '0001_workspace.sql'), 'utf8'))
  database.pragma('user_version = 1')
  database.exec(`
    INSERT INTO assay_setting VALUES ('project', 'benefits'), ('next_arrival', 7);
    INSERT INTO assay_run VALUES (1, 'published', 19357, '/feeds', 'ann', ${day}, ${day + 1000}, NULL),
      (2, 'published', 19400, '/feeds', 'ben', ${2 * day}, ${2 * day + 1000}, NULL);
    INSERT INTO assay_published VALUES (1, 2);
    INSERT INTO assay_run_source VALUES (1, 'claims', 3, 0, 1, 0, 0, 0, 2, 1646092800000),
      (2, 'claims', 3, 1, 1, 0, 2, 0, 1, 1675209600000);
    INSERT INTO assay_run_file VALUES (1, 'claims_1.csv', 'claims', 160, 'aa', 3, 2, 'utf-8', 'csv', '[]', NULL),
      (2, 'claims_1.csv', 'claims', 160, 'aa', 3, 1, 'utf-8', 'csv', '[]', NULL);
    INSERT INTO assay_run_table VALUES (1, 'assay_quarantine', 1), (1, 'assay_finding', 1), (1, 'staged_claims', 1),
      (2, 'assay_quarantine', 3), (2, 'assay_finding', 3), (2, 'staged_claims', 2);
    INSERT INTO assay_sighting VALUES (2, 2);
    CREATE TABLE staged_claims (version INTEGER PRIMARY KEY, from_run INTEGER NOT NULL, to_run INTEGER, row_id TEXT, arrival INTEGER,
      recency INTEGER, claim_id TEXT, company_ein TEXT, person_id TEXT, plan_id TEXT, service_date INTEGER, amount INTEGER,
      claim_type TEXT, status TEXT, last_updated INTEGER);
    CREATE UNIQUE INDEX staged_claims_living ON staged_claims (claim_id) WHERE to_run IS NULL;
    INSERT INTO staged_claims VALUES
      (1, 1, NULL, 'claims_1.csv:2', 1, 1646092800000, 'C1', '11-1111111', NULL, NULL, 19052, 1000, 'Dental', NULL, NULL),
      (2, 2, NULL, 'claims_1.csv:4', 3, 1675209600000, 'C3', '11-1111111', NULL, NULL, 19389, 3000, 'Dental', NULL, NULL)`)
  const hold = database.prepare(
    "INSERT INTO assay_quarantine VALUES (?, 1, ?, ?, 'claims', 'claims_1.csv', ?, ?, 'utf-8', ?, ?, 1)",
  )
  hold.run(1, null, 2, 3, 90, raw[1], cells(raw[1]))
  hold.run(2, 2, 3, 4, 128, raw[2], cells(raw[2]))
  const find = database.prepare(
    "INSERT INTO assay_finding VALUES (?, 1, ?, ?, 0, 'claims', ?, 1, ?, ?, 'error', 'as it was said', ?)",
  )
  find.run(1, null, 2, 'claims_1.csv:3', 'amount', 'invalid_amount', '1O.00')
  find.run(2, 2, 3, 'claims_1.csv:4', 'service_date', 'in_the_future', '2023-02-01')
  database.close()
  return folder
}

const book = { withdrawn: 0, updated: 0, superseded: 0 }

test('a workspace of version 1 is opened with its rows, states, histories and books as they were', async () => {
  const workspace = oldWorkspace()
  const { connection } = openWorkspace(workspace)
  const newest = Number(readdirSync(migrations).toSorted().at(-1)?.slice(0, 4))
  expect(connection.pragma('user_version', { simple: true })).toBe(newest)
  expect(connection.pragma('foreign_key_check')).toEqual([])
  const records = connection.prepare('SELECT arrival, file, line, byte_offset, encoding, raw, cells FROM assay_record')
  expect(records.all()).toEqual([
    {
      arrival: 2,
      file: 'claims_1.csv',
      line: 3,
      byte_offset: 90,
      encoding: 'utf-8',
      raw: raw[1],
      cells: cells(raw[1]),
    },
    {
      arrival: 3,
      file: 'claims_1.csv',
      line: 4,
      byte_offset: 128,
      encoding: 'utf-8',
      raw: raw[2],
      cells: cells(raw[2]),
    },
  ])
  connection.close()

  const quarantine = openQuarantine(workspace)
  const [held, released] = await quarantine.rows()
  const place = {
    source: 'claims',
    file: 'claims_1.csv',
    company: '11-1111111',
    first_run: 1,
    is_waiting: false,
    corrections: [],
  }
  const reason = { severity: 'error', message: 'as it was said' }
  expect(held).toMatchObject({
    ...place,
    ...{ id: 2, line: 3, state: 'open', last_run: 2, times_seen: 2 },
    reasons: [{ ...reason, field: 'amount', rule: 'invalid_amount', raw_value: '1O.00' }],
  })
  expect(released).toMatchObject({
    ...place,
    ...{ id: 3, line: 4, state: 'released', last_run: 1, times_seen: 1 },
    reasons: [{ ...reason, field: 'service_date', rule: 'in_the_future', raw_value: '2023-02-01' }],
  })
  expect((await quarantine.show({ id: 2 })).history.map(({ run_id: run }) => run)).toEqual([1, 2])
  expect((await quarantine.show({ id: 3 })).history.map(({ run_id: run }) => run)).toEqual([1, 2])
  expect(runOf(workspace, 1)).toMatchObject({
    kind: 'feeds',
    status: 'published',
    started_by: 'ann',
    sources: { claims: { ...book, rows_read: 3, released: 0, inserted: 1, unchanged: 0, quarantined: 2 } },
  })
  expect(runOf(workspace, 2)).toMatchObject({
    is_current: true,
    sources: { claims: { ...book, rows_read: 3, released: 1, inserted: 1, unchanged: 2, quarantined: 1 } },
  })
})

test('a run goes through in a workspace of version 1, and what it holds back can be repaired', async () => {
  const workspace = oldWorkspace()
  const input = folderOf({
    'claims_1.csv': `${header}\n${raw.join('\n')}\n`,
    'claims_2.csv': `${header}\nC4,11-1111111,2022-03-04,40.00,Dental\n`,
  })
  const run = await runFeeds({ input, workspace, asOf: '2023-03-01' })
  expect(run).toMatchObject({
    status: 'published',
    sources: { claims: { ...book, rows_read: 4, inserted: 1, unchanged: 2, quarantined: 1 } },
  })
  expectOneStateEach(workspace)
  const quarantine = openQuarantine(workspace)
  expect((await quarantine.rows()).map(({ id, state, times_seen: times }) => [id, state, times])).toEqual([
    [2, 'open', 3],
    [3, 'released', 1],
  ])

  await quarantine.correctRow(2, { amount: '20.00' })
  expect(await quarantine.waiting({})).toMatchObject({ rows: 1 })
  await quarantine.replayAll()
  expect((await quarantine.rows()).map(({ state }) => state)).toEqual(['released', 'released'])
  expect(exportPublished(workspace)['stg_claims.csv']).toContain('C2,11-1111111,,,2022-03-02,20.00,Dental')
  expectOneStateEach(workspace)
})
