import { expect, test } from 'vitest'
import { formatters } from '../../../src/main/kernel/format-value.ts'
import { openWorkspace } from '../../../src/main/store/open-workspace.ts'
import { exportPublished, folderOf, runFeeds, temporaryFolder } from '../../helpers/feeds.ts'
import { runAgain } from '../../helpers/run-again.ts'

const changed = Date.UTC(2022, 3, 1)
const day = (offset: number) => new Date(changed + offset * 86_400_000).toISOString().slice(0, 10)
const offsets = [-180, -179, -90, -89, -1, 0, 1, 89, 90, 178, 179, 180, 181]
const companies = Array.from({ length: 8 }, (_, index) => `${10 + index}-0000001`)
const header = 'claim_id,company_ein,service_date,amount,claim_type,last_updated'
const feed = (rows: readonly string[]) => `${header}\n${rows.join('\n')}\n`
const claim = (id: string, company: string, offset: number, amount: string, updated: string) =>
  `${id},${company},${day(offset)},${amount},Dental,${updated}`
const idOf = (company: number, offset: number) => `C${company}_${offset}`

/** Each company has a claim on each of the days around one, and one company none on that day. */
const base = companies.flatMap((company, index) =>
  offsets
    .filter((offset) => index !== 7 || offset !== 0)
    .map((offset) => claim(idOf(index, offset), company, offset, `${offset + 200}.50`, '2022-12-01')),
)

async function workspaceOfAll(): Promise<string> {
  const workspace = temporaryFolder()
  await runFeeds({ input: folderOf({ 'claims_1.csv': feed(base) }), workspace })
  return workspace
}

/** Spoils all windows behind the program's back: only those that a run builds again are right after it. */
function spoil(workspace: string): void {
  const { connection } = openWorkspace(workspace)
  connection.exec('UPDATE fct_claims_rolling_90d SET claim_count = claim_count + 1000 WHERE to_run IS NULL')
  connection.close()
}

/** The windows that are right, by company, as days from the changed one. */
function builtWindows(workspace: string): Record<string, readonly number[]> {
  const { connection } = openWorkspace(workspace)
  try {
    const rows = connection
      .prepare(
        'SELECT company_ein, window_end FROM fct_claims_rolling_90d WHERE to_run IS NULL AND claim_count < 1000 ORDER BY 1, 2',
      )
      .all() as { company_ein: string; window_end: number }[]
    const built: Record<string, number[]> = {}
    for (const { company_ein: company, window_end: end } of rows)
      (built[company] ??= []).push(end - changed / 86_400_000)
    return built
  } finally {
    connection.close()
  }
}

/** The windows that a delivery builds again, having made sure that they are what a workspace with all at once has. */
async function builtBy(rows: readonly string[]): Promise<Record<string, readonly number[]>> {
  const delivery = { 'claims_2.csv': feed(rows) }
  const spoilt = await workspaceOfAll()
  spoil(spoilt)
  await runFeeds({ input: folderOf(delivery), workspace: spoilt })
  const stepped = await workspaceOfAll()
  await runFeeds({ input: folderOf(delivery), workspace: stepped })
  const whole = temporaryFolder()
  await runFeeds({ input: folderOf({ 'claims_1.csv': feed(base), ...delivery }), workspace: whole })
  expect(exportPublished(stepped)).toEqual(exportPublished(whole))
  return builtWindows(spoilt)
}

const from = (first: number, last = first + 179) =>
  [...offsets, 12, 40].filter((offset) => offset >= first && offset <= last).toSorted((a, b) => a - b)
const without = (days: readonly number[], ...missing: readonly number[]) =>
  days.filter((offset) => !missing.includes(offset))

test('a changed claim builds the windows of its day and of the 179 days after, of its company', async () => {
  expect(await builtBy([claim(idOf(0, 0), '10-0000001', 0, '9000.00', '2022-12-02')])).toEqual({
    '10-0000001': without(from(0), 12, 40),
  })
})

test('a new claim on a day without any, and one on the last day', async () => {
  expect(
    await builtBy([
      claim('N1', '17-0000001', 0, '1.00', '2022-12-02'),
      claim('N2', '11-0000001', 181, '1.00', '2022-12-02'),
    ]),
  ).toEqual({ '17-0000001': without(from(0), 12, 40), '11-0000001': [181] })
})

test('a claim that moves to another day builds what hung on the old and what hangs on the new one', async () => {
  const moved = await builtBy([claim(idOf(0, -180), '10-0000001', 12, '20.50', '2022-12-02')])
  // The old day has no claim any more, so no window; between the days are more than the week that is built along.
  expect(moved).toEqual({ '10-0000001': without([...from(-179, -1), ...from(12)], 40) })
})

test('a claim that moves to another company builds the windows of both', async () => {
  const days = without(from(-1), 12, 40)
  expect(await builtBy([claim(idOf(1, -1), '12-0000001', -1, '199.50', '2022-12-02')])).toEqual({
    '11-0000001': without(days, -1),
    '12-0000001': days,
  })
})

test('spans that are apart leave out the days between them', async () => {
  const built = await builtBy([
    claim(idOf(0, -180), '10-0000001', -180, '1.00', '2022-12-02'),
    claim(idOf(0, 180), '10-0000001', 180, '1.00', '2022-12-02'),
  ])
  expect(built).toEqual({ '10-0000001': [...without(from(-180, -1), 5, 40), 180, 181] })
})

test('what is not of days builds all days: a company that gets another name', async () => {
  const workspace = temporaryFolder()
  const spiking = companies.map((company, index) => claim(`S${index}`, company, 100, '90000.00', '2022-12-01'))
  const input = (name: string) => ({ 'companies_1.csv': `company_ein,company_name\n10-0000001,${name}\n` })
  await runFeeds({ input: folderOf({ 'claims_1.csv': feed([...base, ...spiking]), ...input('One') }), workspace })
  await runFeeds({ input: folderOf(input('Another')), workspace })
  const spikes = exportPublished(workspace)['cost_spikes.csv'] ?? ''
  expect(spikes).toContain('Another')
  expect(spikes).not.toContain('One,')
})

test('a backfill of days builds whole companies still', async () => {
  const workspace = await workspaceOfAll()
  spoil(workspace)
  await runAgain(workspace, { rebuild: { companies: ['10-0000001'], from: formatters.date(changed / 86_400_000) } })
  expect(builtWindows(workspace)).toEqual({ '10-0000001': offsets })
})
