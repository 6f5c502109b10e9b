import { expect, test } from 'vitest'
import { openWorkspace } from '../../../src/main/store/open-workspace.ts'
import { exportPublished, folderOf, runFeeds, temporaryFolder } from '../../helpers/feeds.ts'
import { runAgain } from '../../helpers/run-again.ts'

const companies = Array.from({ length: 12 }, (_, index) => `${10 + index}-0000001`)
const types = ['Medical', 'Dental', 'Vision']
const plan = (id: string, company: string, type: string, end = '', updated = '2022-12-01') =>
  `${id},${company},${type},Aetna,2022-01-01,${end},${updated}`
const plans = (rows: readonly string[]) =>
  `plan_id,company_ein,plan_type,carrier_name,start_date,end_date,last_updated\n${rows.join('\n')}\n`
const named = (rows: readonly string[]) => `company_ein,company_name\n${rows.join('\n')}\n`

/** Each company has one plan of three types, but the last has none of one type. */
const base = {
  'plans_1.csv': plans(
    companies.flatMap((company, index) =>
      types.slice(0, index === 11 ? 2 : 3).map((type) => plan(`${type}${index}`, company, type)),
    ),
  ),
  'companies_1.csv': named(companies.map((company) => `${company},Company ${company}`)),
}

async function workspaceOfBase(): Promise<string> {
  const workspace = temporaryFolder()
  await runFeeds({ input: folderOf(base), workspace })
  return workspace
}

/** Spoils all segments behind the program's back: only those that a run builds again are right after it. */
function spoil(workspace: string): void {
  const { connection } = openWorkspace(workspace)
  connection.exec("UPDATE mart_plan_coverage_gaps SET carriers = 'spoilt' WHERE to_run IS NULL")
  connection.close()
}

/** The time lines of which something is right or gone after `spoil`, as `COMPANY TYPE`, and how many segments each has now. */
function builtLines(workspace: string): Record<string, number> {
  const { connection } = openWorkspace(workspace)
  try {
    const rows = connection
      .prepare(
        `SELECT company_ein || ' ' || plan_type, sum(to_run IS NULL) FROM mart_plan_coverage_gaps GROUP BY company_ein, plan_type
        HAVING max(to_run IS NOT NULL OR carriers <> 'spoilt') ORDER BY 1`,
      )
      .raw()
      .all() as [string, number][]
    return Object.fromEntries(rows)
  } finally {
    connection.close()
  }
}

/** The time lines that a delivery builds again, having made sure that they are what a workspace with all at once has. */
async function builtBy(delivery: Readonly<Record<string, string>>): Promise<Record<string, number>> {
  const spoilt = await workspaceOfBase()
  spoil(spoilt)
  await runFeeds({ input: folderOf(delivery), workspace: spoilt })
  const stepped = await workspaceOfBase()
  await runFeeds({ input: folderOf(delivery), workspace: stepped })
  const whole = temporaryFolder()
  await runFeeds({ input: folderOf({ ...base, ...delivery }), workspace: whole })
  expect(exportPublished(stepped)).toEqual(exportPublished(whole))
  return builtLines(spoilt)
}

test('a changed plan builds the time line of its company and type alone', async () => {
  const changed = plan('Dental3', '13-0000001', 'Dental', '2022-06-30', '2022-12-02')
  expect(await builtBy({ 'plans_2.csv': plans([changed]) })).toEqual({ '13-0000001 Dental': 1 })
})

test('a plan that becomes one of another type builds both time lines', async () => {
  const moved = plan('Dental3', '13-0000001', 'Vision', '', '2022-12-02')
  expect(await builtBy({ 'plans_2.csv': plans([moved]) })).toEqual({ '13-0000001 Dental': 0, '13-0000001 Vision': 1 })
})

test('a plan that moves to another company builds that type of both', async () => {
  const moved = plan('Dental3', '14-0000001', 'Dental', '', '2022-12-02')
  expect(await builtBy({ 'plans_2.csv': plans([moved]) })).toEqual({ '13-0000001 Dental': 0, '14-0000001 Dental': 1 })
})

test('the first plan of a type, and that of a company that nobody knew, build their own time lines', async () => {
  const first = [plan('N1', '21-0000001', 'Vision'), plan('N2', '77-0000001', 'Life')]
  expect(await builtBy({ 'plans_2.csv': plans(first) })).toEqual({ '21-0000001 Vision': 1, '77-0000001 Life': 1 })
})

test("a company's other name reaches all its time lines, and no others", async () => {
  expect(await builtBy({ 'companies_2.csv': named(['13-0000001,Another', '77-0000001,Without plans']) })).toEqual({
    '13-0000001 Dental': 1,
    '13-0000001 Medical': 1,
    '13-0000001 Vision': 1,
  })
})

test('a name and a plan that come together', async () => {
  const delivery = {
    'companies_2.csv': named(['21-0000001,Another']),
    'plans_2.csv': plans([
      plan('N1', '21-0000001', 'Vision'),
      plan('Dental3', '13-0000001', 'Dental', '', '2022-12-02'),
    ]),
  }
  // The plan of the other company came again as it was, but for when it was changed.
  expect(await builtBy(delivery)).toEqual({
    '13-0000001 Dental': 1,
    '21-0000001 Dental': 1,
    '21-0000001 Medical': 1,
    '21-0000001 Vision': 1,
  })
})

test('a backfill of a company builds all its time lines, and no others', async () => {
  const workspace = await workspaceOfBase()
  spoil(workspace)
  await runAgain(workspace, { rebuild: { companies: ['13-0000001'] } })
  expect(Object.keys(builtLines(workspace))).toEqual(['13-0000001 Dental', '13-0000001 Medical', '13-0000001 Vision'])
})
