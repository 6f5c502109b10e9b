import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect } from 'vitest'
import { dumpWorkspace } from '../../helpers/dump-workspace.ts'
import { exportPublished, folderOf, runFeeds } from '../../helpers/feeds.ts'
import { openRuns } from '../../helpers/published-runs.ts'
import { openQuarantine } from '../../helpers/quarantine.ts'
import { strictProject } from '../../helpers/strict-project.ts'
import { copyOf } from '../gate/people.ts'

export const claim = (id: string, amount: string, updated = '2022-01-01', day = '2022-01-01') =>
  `${id},11-1111111,${day},${amount},Dental,${updated}\n`

export function delivery(
  name: string,
  claims: readonly string[],
  others: Readonly<Record<string, string>> = {},
): string {
  return folderOf({
    [`claims_${name}.csv`]: `claim_id,company_ein,service_date,amount,claim_type,last_updated\n${claims.join('')}`,
    ...others,
  })
}

const deliveries = () =>
  [
    delivery('1', [claim('C1', '5.00'), claim('C2', 'x'), claim('C9', '1.00')], {
      'company_lookup_1.json': JSON.stringify({ 'a.com': '11-1111111' }),
      'employees_1.csv':
        'person_id,title,email,company_ein,start_date,last_updated\nP1,Boss,x@a.com,,2022-01-01,2022-01-01\n',
    }),
    delivery('2', [claim('C1', '7.00', '2022-02-01'), claim('C2', 'x'), claim('C3', 'y')], {
      'company_lookup_2.json': JSON.stringify({ 'a.com': '22-2222222' }),
      'enrichment_2.json': JSON.stringify({ 'a.com': { industry: 'Mining', revenue: null, headcount: null } }),
    }),
    delivery('4', [claim('C4', '9.00', '2022-03-01', '2022-03-02'), claim('C1', '8.00', '2022-03-01')]),
  ] as const
export const later = () => delivery('5', [claim('C5', '2.00'), claim('C1', '6.00', '2022-04-01'), claim('C6', 'z')])

/** What the tests of a file share: each has its own copy of the workspace. */
const shared = mkdtempSync(join(tmpdir(), 'assay-four-runs-'))
afterAll(() => rmSync(shared, { recursive: true, force: true }))

/** Copies a folder that is gone after the test to where all tests have it. */
function share(folder: string, name: string): string {
  const copy = join(shared, name)
  cpSync(folder, copy, { recursive: true })
  return copy
}

async function publishFour() {
  const project = share(strictProject(), 'benefits')
  const workspace = join(shared, 'workspace')
  const inputs = deliveries().map((folder, index) => share(folder, `input-${index}`))
  const [first = '', second = '', fourth = ''] = inputs
  const tables: Record<string, string>[] = []
  const publish = async (input: string) => {
    expect((await runFeeds({ input, workspace, project })).status).toBe('published')
    tables.push(exportPublished(workspace))
  }
  await publish(first)
  await publish(second)
  const quarantine = openQuarantine(workspace, project)
  const [row] = await quarantine.rows()
  await quarantine.correctRow(row?.id ?? 0, { amount: '3.00' })
  await quarantine.replayAll()
  quarantine.close()
  tables.push(exportPublished(workspace))
  await publish(fourth)
  return { project, workspace, inputs: [first, second, fourth] as const, tables, kept: dumpWorkspace(workspace) }
}

let published: ReturnType<typeof publishFour> | undefined

/** Four published runs, the third of which is a replay: what readers see of each, and all that is kept after the last. */
export async function fourRuns() {
  const whole = await (published ??= publishFour())
  const { project } = whole
  const workspace = copyOf(whole.workspace)
  return { ...whole, workspace, quarantine: openQuarantine(workspace, project), runs: openRuns(workspace, project) }
}
export type FourRuns = Awaited<ReturnType<typeof fourRuns>>
