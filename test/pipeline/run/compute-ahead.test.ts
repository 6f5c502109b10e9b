import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createModelsAhead, type ModelsAhead, type Share } from '../../../src/main/pipeline/model/compute-ahead.ts'
import { openComputingThread } from '../../../src/main/pipeline/model/computing-thread.ts'
import type { TableBuild } from '../../../src/main/pipeline/model/fill-built.ts'
import type { Connection } from '../../../src/main/store/database.ts'
import { createWorkspaceIfMissing, openWorkspace } from '../../../src/main/store/open-workspace.ts'
import { exportPublished, folderOf, runFeeds, temporaryFolder } from '../../helpers/feeds.ts'

const days = 700
const companies = Array.from({ length: 60 }, (_, index) => `${10 + index}-0000001`)
const dayOf = (day: number) => new Date(Date.UTC(2021, 0, 1 + day)).toISOString().slice(0, 10)
const claim = (company: string, day: number, amount: number, updated: string) =>
  `${company}_${day},${company},${dayOf(day)},${amount}.25,Dental,${updated}`
const feed = (rows: readonly string[]) =>
  `claim_id,company_ein,service_date,amount,claim_type,last_updated\n${rows.join('\n')}\n`

test('a large part that another thread computes gives the tables of a workspace that is built at once', async () => {
  const first = feed(
    companies.flatMap((company) =>
      Array.from({ length: days }, (_, day) => claim(company, day, (day * 37) % 900, '2022-12-01')),
    ),
  )
  // A claim of each company half a year before the last: so many windows hang on it.
  const second = feed(companies.map((company, index) => claim(company, days - 180, 5_000 + index, '2022-12-02')))
  const workspace = temporaryFolder()
  await runFeeds({ input: folderOf({ 'claims_1.csv': first }), workspace })
  const computed = join(workspace, 'computed')
  let isAhead = false
  const { models } = await runFeeds({
    input: folderOf({ 'claims_2.csv': second }),
    workspace,
    onModels: () => (isAhead ||= existsSync(computed)),
  })
  expect(isAhead).toBe(true)
  expect(existsSync(computed)).toBe(false)
  expect(models.find(({ name }) => name === 'fct_claims_rolling_90d')?.seconds).toBeGreaterThan(0)
  const whole = temporaryFolder()
  await runFeeds({ input: folderOf({ 'claims_1.csv': first, 'claims_2.csv': second }), workspace: whole })
  expect(exportPublished(workspace)).toEqual(exportPublished(whole))
})

const jobThread = new URL('../../../src/main/hosts/engine/job-thread.ts', import.meta.url)
// A thread that is still starting: it never comes to its tasks.
const startingThread = new URL('data:text/javascript,setInterval(() => {}, 1000)')

interface OpenAhead {
  readonly connection: Connection
  readonly ahead: ModelsAhead
  readonly targetFolder: string
  /** Until the thread has begun with a share, and so with those before it. */
  untilBegun(share: number): Promise<void>
}

function openAhead(threadEntry = jobThread): OpenAhead {
  const folder = temporaryFolder()
  createWorkspaceIfMissing(folder)
  const { connection, databasePath } = openWorkspace(folder)
  const targetFolder = join(folder, 'computed')
  mkdirSync(targetFolder)
  writeFileSync(join(targetFolder, '0.db'), 'what a crash has left there')
  const ahead = createModelsAhead({ connection, databasePath, targetFolder, threadEntry })
  onTestFinished(async () => {
    await ahead.close()
    connection.close()
    expect(existsSync(targetFolder)).toBe(false)
  })
  connection.exec(`
    CREATE TABLE sold (shop TEXT, pieces INTEGER);
    INSERT INTO sold VALUES ('north', 2), ('north', 3), ('south', 5), ('west', 7), ('east', 1);
    CREATE TEMP TABLE affected_1 (shop TEXT, UNIQUE (shop));
    CREATE TEMP TABLE affected_2 (shop TEXT, UNIQUE (shop));
    INSERT INTO affected_1 VALUES ('east'), ('north');
    INSERT INTO affected_2 VALUES ('south')`)
  const untilBegun = async (share: number) => {
    await expect.poll(() => statSync(join(targetFolder, `${share}.db`)).size).toBeGreaterThan(0)
  }
  return { connection, ahead, targetFolder, untilBegun }
}

const shareOf = (select: string, table: string): Share => ({
  build: {
    table: {
      name: 'totals',
      columns: [
        { name: 'shop', isText: true },
        { name: 'pieces', isText: false },
      ],
      key: ['shop'],
    },
    select: `${select} FROM sold WHERE shop IN (SELECT shop FROM temp.${table})`,
    path: 'models/totals.sql',
  },
  tables: [table],
})
const sums = (table: string): Share => {
  const { build, tables } = shareOf('SELECT shop, sum(pieces) AS pieces', table)
  return { build: { ...build, select: `${build.select} GROUP BY shop` }, tables }
}

test.each([
  ['this one, since the other is still starting', startingThread, ['temp."built_0"', 'temp."built_1"']],
  ['the other one', jobThread, ['computed.built', 'computed.built']],
])(
  'the shares of a model are given in their order, by key, where the thread that computes them is %s',
  async (_, entry, places) => {
    const { connection, ahead, targetFolder, untilBegun } = openAhead(entry)
    expect(existsSync(targetFolder)).toBe(false)
    expect(ahead.isFree()).toBe(true)
    ahead.begin('totals', [sums('affected_1'), sums('affected_2')])
    expect(ahead.isFree()).toBe(false)
    if (entry === jobThread) await untilBegun(1)
    const rows: unknown[] = []
    const relations: (string | undefined)[] = []
    const write = ({ computed }: TableBuild) => {
      relations.push(computed)
      rows.push(...connection.prepare(`SELECT * FROM ${computed}`).raw().all())
    }
    expect(await ahead.take('another', write)).toBeNull()
    const seconds = await ahead.take('totals', write)
    if (entry === jobThread) expect(seconds).toBeGreaterThan(0)
    else expect(seconds).toBe(0)
    expect(relations).toEqual(places)
    expect(rows).toEqual([
      ['east', 1],
      ['north', 5],
      ['south', 5],
    ])
    expect(existsSync(targetFolder)).toBe(false)
    expect(ahead.isFree()).toBe(true)
  },
)

test.each([
  ['fails', 'SELECT shop, abs(-9223372036854775808) AS pieces'],
  ['gives several rows of one key', 'SELECT shop, pieces'],
])('a model of which a share %s is for the one that builds it to tell', async (_, select) => {
  for (const entry of [startingThread, jobThread]) {
    const { ahead, targetFolder, untilBegun } = openAhead(entry)
    ahead.begin('totals', [sums('affected_2'), shareOf(select, 'affected_1'), sums('affected_2')])
    if (entry === jobThread) await untilBegun(2)
    expect(await ahead.take('totals', () => {})).toBeNull()
    expect(ahead.isFree()).toBe(true)
    expect(existsSync(targetFolder)).toBe(false)
    ahead.begin('totals', [sums('affected_1')])
    expect(await ahead.take('totals', () => {})).not.toBeNull()
  }
})

test('a thread that stops is told of, and the next tasks start another one', async () => {
  const thread = openComputingThread(new URL('data:text/javascript,throw new Error("stopped")'))
  onTestFinished(() => thread.close())
  const task = { databasePath: '', targetPath: '', tables: [], sql: '' }
  for (const tasks of [[task], [task, task]])
    for (const [index] of tasks.entries())
      await expect(thread.begin(tasks).secondsOf(index)).rejects.toThrow('The computing thread stopped unexpectedly.')
})

test('many tasks one after the other leave no listeners behind', async () => {
  const { ahead } = openAhead()
  const warnings: Error[] = []
  const note = (warning: Error) => warnings.push(warning)
  process.on('warning', note)
  onTestFinished(() => void process.off('warning', note))
  for (let task = 0; task < 12; task += 1) {
    ahead.begin('totals', [sums('affected_1'), sums('affected_2')])
    expect(await ahead.take('totals', () => {})).not.toBeNull()
  }
  expect(warnings).toEqual([])
})
