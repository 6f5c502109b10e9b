import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fetchRecords } from '../../../src/main/pipeline/archive/fetch-records.ts'
import { openWorkspace } from '../../../src/main/store/open-workspace.ts'
import { folderOf, repository, runFeeds, temporaryFolder } from '../../helpers/feeds.ts'
import { contracts } from './archive-world.ts'

interface KeptRow {
  readonly arrival: number
  readonly file: string
  readonly line: number
  readonly byte_offset: number
  readonly encoding: string
  readonly raw: string
  readonly cells: string | null
}

/** Every record that the workspace keeps or has staged, read again from the archive and compared; gives how many. */
function compareAll(workspace: string): { readonly kept: number; readonly staged: number } {
  const { connection } = openWorkspace(workspace)
  try {
    const kept = connection.prepare('SELECT * FROM assay_record ORDER BY arrival').all() as KeptRow[]
    const staged = ['claims', 'employees', 'plans', 'companies', 'company_lookup'].flatMap(
      (source) =>
        connection.prepare(`SELECT arrival, row_id FROM staged_${source} WHERE to_run IS NULL`).all() as {
          arrival: number
          row_id: string
        }[],
    )
    const arrivals = [...kept, ...staged].map(({ arrival }) => arrival)
    const records = fetchRecords(connection, workspace, contracts, 1 << 20, arrivals)
    for (const row of kept)
      expect(records.get(row.arrival)).toMatchObject({
        file: row.file,
        line: row.line,
        offset: row.byte_offset,
        encoding: row.encoding,
        raw: row.raw,
        cells: row.cells === null ? null : (JSON.parse(row.cells) as unknown),
      })
    for (const { arrival, row_id: rowId } of staged) {
      const record = records.get(arrival)
      expect(`${record?.file}:${record?.line}`).toBe(rowId)
    }
    return { kept: kept.length, staged: staged.length }
  } finally {
    connection.close()
  }
}

test('every record of a run is found again in the archive, in each later state too', async () => {
  const workspace = temporaryFolder()
  await runFeeds({ input: join(repository, 'test/fixtures/messy/input'), workspace })
  const first = compareAll(workspace)
  expect(first.kept).toBeGreaterThan(100)
  expect(first.staged).toBeGreaterThan(4000)

  // A run that is blocked takes numbers that the next one takes again.
  const header = 'claim_id,company_ein,service_date,amount,claim_type'
  const blocked = folderOf({ 'claims_1.csv': `${header}\nX1,,,,\nX2,,,,\n`, 'claims_2.csv': 'claim_id\nX3\n' })
  expect((await runFeeds({ input: blocked, workspace })).status).toBe('blocked')
  expect(compareAll(workspace)).toEqual(first)

  const late = folderOf({
    'claims_late.csv': `${header}\nY1,11-1111111,2022-12-01,5.00,Dental\nY2,11-1111111,2022-12-01,much,Dental\n`,
  })
  await runFeeds({ input: late, workspace })
  expect(compareAll(workspace)).toEqual({ kept: first.kept + 1, staged: first.staged + 1 })
})
