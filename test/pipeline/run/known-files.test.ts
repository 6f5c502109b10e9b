import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { RecordedRun } from '../../../src/main/features/runs/queries.ts'
import { formatters } from '../../../src/main/kernel/format-value.ts'
import { runPipeline } from '../../../src/main/pipeline/run/run-pipeline.ts'
import { openWorkspace } from '../../../src/main/store/open-workspace.ts'
import { deliveredFile, folderWith, hasFeed, named, type NamedFile } from '../../helpers/deliveries.ts'
import { benefits, exportPublished, folderOf, runFeeds, runOf, temporaryFolder } from '../../helpers/feeds.ts'
import { openQuarantine } from '../../helpers/quarantine.ts'
import { sequences } from '../../helpers/sequences.ts'

const jobThread = new URL('../../../src/main/hosts/engine/job-thread.ts', import.meta.url)

async function run(workspace: string, inputFolder: string, readsAgain: boolean, asOf: number): Promise<RecordedRun> {
  const { run_id: runId } = await runPipeline(
    {
      kind: 'feeds',
      projectFolder: benefits,
      inputFolder,
      workspaceFolder: workspace,
      asOf: formatters.date(asOf),
      exportFolder: null,
      startedBy: 'test',
      records: null,
      readsAgain,
    },
    { started() {}, progress() {}, log() {} },
    jobThread,
  )
  return runOf(workspace, runId)
}

/** How the held-back records stand, how often and when last they were seen, and how corrections do, whatever their numbers are. */
function recordsOf(workspace: string): unknown[] {
  const { connection } = openWorkspace(workspace)
  try {
    return [
      connection
        .prepare(
          `SELECT r.source, r.file, r.line, q.state, count(g.run_id) AS seen, max(g.run_id) AS last,
            (SELECT group_concat(f.rule ORDER BY f.position) FROM assay_finding AS f WHERE f.arrival = r.arrival AND f.to_run IS NULL) AS rules
          FROM assay_record AS r JOIN assay_quarantine AS q ON q.arrival = r.arrival AND q.to_run IS NULL AND q.state = 'open'
          LEFT JOIN assay_sighting AS g ON g.arrival = r.arrival GROUP BY r.arrival ORDER BY 1, 2, 3, r.arrival`,
        )
        .all(),
      connection.prepare('SELECT amendment_id, status FROM assay_applied WHERE to_run IS NULL ORDER BY 1').all(),
    ]
  } finally {
    connection.close()
  }
}

/** Discards and corrects the first open rows in the order of their places. */
async function decide(workspace: string): Promise<void> {
  const quarantine = openQuarantine(workspace)
  const rows = (await quarantine.rows())
    // What is decided of a record counts for it under its other name too.
    .filter(({ state, file }) => state === 'open' && !file.includes('_again'))
    .toSorted((a, b) => (a.row_id < b.row_id ? -1 : 1))
  const [first, second] = rows
  if (first !== undefined) await quarantine.discard({ target: { ids: [first.id] }, reason: 'not ours' })
  // A row that is open though it was corrected stays as it is: the same correction again changes nothing.
  if (second?.source === 'claims' && second.corrections.length === 0)
    await quarantine.correctRow(second.id, { amount: '7.00', last_updated: '2022-01-02' })
  quarantine.close()
}

interface Step {
  /** Files before the new ones, counted from the end of all so far, and how many of these are left out at the end. */
  readonly again: number
  readonly without: number
  /** They come under other names. */
  readonly renames: boolean
  readonly added: readonly { source: string; content: string }[]
  readonly decides: boolean
  readonly day: number
}

const step: fc.Arbitrary<Step> = fc.record({
  again: fc.constantFrom(2, 4, 8),
  without: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat({ max: 2 })),
  renames: fc.boolean(),
  added: fc.array(deliveredFile, { maxLength: 2 }),
  decides: fc.boolean(),
  day: fc.constantFrom(19_357, 19_357, 18_990),
})

test('files that are known give the same tables, books and records as if they were read again', async () => {
  let known = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 5 }), async (steps) => {
      const [skipping, reading] = [temporaryFolder(), temporaryFolder()]
      const files: NamedFile[] = []
      for (const { again, without, renames, added, decides, day } of steps) {
        const repeated = files
          .slice(Math.max(0, files.length - again), files.length - without)
          .map((file) => (renames ? { ...file, name: file.name.replace('.', '_again.') } : file))
        const fresh = added.map((file, index) => named(file, files.length + index))
        files.push(...fresh)
        const input = [...repeated, ...fresh]
        if (!hasFeed(input)) continue
        const folder = folderWith(input)
        const one = await run(skipping, folder, false, day)
        const other = await run(reading, folder, true, day)
        known += one.files.filter(({ is_known }) => is_known).length
        expect(exportPublished(skipping)).toEqual(exportPublished(reading))
        expect(recordsOf(skipping)).toEqual(recordsOf(reading))
        expect(one.files.map(({ file, rows_quarantined }) => [file, rows_quarantined])).toEqual(
          other.files.map(({ file, rows_quarantined }) => [file, rows_quarantined]),
        )
        for (const [source, book] of Object.entries(one.sources)) {
          const { rows_read, released, inserted, updated, quarantined, high_water_mark } = other.sources[source] ?? book
          expect(book, source).toMatchObject({ rows_read, released, inserted, updated, quarantined, high_water_mark })
        }
        if (decides) for (const workspace of [skipping, reading]) await decide(workspace)
      }
    }),
    sequences(10),
  )
  expect(known).toBeGreaterThan(4)
})

const claims = (...rows: readonly string[]) =>
  `claim_id,company_ein,service_date,amount,claim_type,last_updated\n${rows.join('\n')}\n`
const one = claims('C1,11-1111111,2022-01-01,1.00,Dental,2022-02-01', 'C2,11-1111111,2022-01-01,x,Dental,2022-02-01')
const other = claims('C1,11-1111111,2022-01-01,2.00,Dental,2022-02-01')

test('a file that others have followed is read again: on a tie the record that is delivered last counts', async () => {
  const workspace = temporaryFolder()
  await runFeeds({ input: folderOf({ 'claims_1.csv': one }), workspace })
  await runFeeds({ input: folderOf({ 'claims_2.csv': other }), workspace })
  const cumulative = await runFeeds({ input: folderOf({ 'claims_1.csv': one, 'claims_2.csv': other }), workspace })
  expect(cumulative.files.map(({ is_known }) => is_known)).toEqual([true, true])
  expect(cumulative.sources['claims']).toMatchObject({ rows_read: 3, unchanged: 1, superseded: 1, quarantined: 1 })
  const first = await runFeeds({ input: folderOf({ 'claims_1.csv': one }), workspace })
  expect(first.files.map(({ is_known }) => is_known)).toEqual([false])
  expect(first.sources['claims']).toMatchObject({ rows_read: 2, updated: 1, quarantined: 1 })
  const renamed = await runFeeds({ input: folderOf({ 'claims_9.csv': one }), workspace })
  expect(renamed.files.map(({ is_known }) => is_known)).toEqual([false])
})

test('a file under another name is not read again where each row of it is a staged one', async () => {
  const workspace = temporaryFolder()
  await runFeeds({ input: folderOf({ 'claims_1.csv': other }), workspace })
  const before = exportPublished(workspace)
  const renamed = await runFeeds({ input: folderOf({ 'claims_2.csv': other }), workspace })
  expect(renamed.files).toMatchObject([{ file: 'claims_2.csv', is_known: true, rows_read: 1 }])
  expect(renamed.sources['claims']).toMatchObject({ rows_read: 1, unchanged: 1 })
  expect(exportPublished(workspace)).toEqual(before)
  await runFeeds({ input: folderOf({ 'claims_3.csv': one }), workspace })
  const held = await runFeeds({ input: folderOf({ 'claims_4.csv': one }), workspace })
  expect(held.files).toMatchObject([{ file: 'claims_4.csv', is_known: false }])
})
