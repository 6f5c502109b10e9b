import { join } from 'node:path'
import { expect, test } from 'vitest'
import { diagnoseWorkspace } from '../../../src/main/pipeline/run/diagnose/diagnose-workspace.ts'
import { publishedRunOf } from '../../../src/main/pipeline/run/publish/published-runs.ts'
import { openWorkspace } from '../../../src/main/store/open-workspace.ts'
import { isWorkspaceLocked } from '../../../src/main/store/workspace-lock.ts'
import { benefits, exportPublished, folderOf, runFeeds, temporaryFolder } from '../../helpers/feeds.ts'
import { leaveBehind, momentsOf, recordWork } from '../../helpers/killed-run.ts'
import { startGroup } from '../../helpers/process-group.ts'
import { openQuarantine } from '../../helpers/quarantine.ts'

const kills = 12

/** Claims of which every second has an amount that nobody can read. */
function claims(from: number, count: number): string {
  const rows = Array.from({ length: count }, (_, index) => {
    const number = from + index
    const amount = number % 2 === 0 ? 'x' : `${number % 900}.25`
    return `C${number},${String(10 + (number % 80)).padStart(2, '0')}-0000001,2022-03-01,${amount},Dental`
  })
  return `claim_id,company_ein,service_date,amount,claim_type\n${rows.join('\n')}\n`
}

/** The run that readers see, how often they were given one, and how many records wait. */
function standing(workspace: string) {
  const { connection } = openWorkspace(workspace)
  try {
    const count = (table: string) => Number(connection.prepare(`SELECT count(*) FROM ${table}`).pluck().get())
    return {
      run: publishedRunOf(connection),
      publications: count('assay_publication'),
      waiting: count('assay_waiting'),
    }
  } finally {
    connection.close()
  }
}

test(`kill -9 at ${kills} moments of a rollback: readers see the one run or the other, whole`, async () => {
  const workspace = join(temporaryFolder(), 'workspace')
  await runFeeds({ input: folderOf({ 'claims_1.csv': claims(0, 1_000) }), workspace })
  const quarantine = openQuarantine(workspace)
  await quarantine.correctAll({ kind: 'set', field: 'amount', value: '8.00' })
  await quarantine.replayAll()
  quarantine.close()
  const tables = { 2: exportPublished(workspace), 1: {} }
  const roll = (to: number) =>
    ({ kind: 'roll', site: { projectFolder: benefits, workspaceFolder: workspace }, to }) as const

  /** Whatever ends a change of the run that readers see, it is wholly there or not at all. */
  const expectWhole = (left: string, before: ReturnType<typeof standing>, to: number) => {
    const after = standing(left)
    const isDone = after.run === to
    expect(after).toEqual({
      run: isDone ? to : before.run,
      publications: before.publications + (isDone ? 1 : 0),
      waiting: after.run === 1 ? 500 : 0,
    })
    expect(diagnoseWorkspace(left).findings).toEqual([])
    expect(exportPublished(left)).toEqual(tables[after.run === 1 ? 1 : 2])
    return isDone
  }
  const back = await recordWork(roll(1))
  tables[1] = exportPublished(workspace)
  expect(tables[1]).not.toEqual(tables[2])
  const forth = await recordWork(roll(2))
  for (const [to, whole] of [
    [1, back],
    [2, forth],
  ] as const) {
    const before = standing(workspace)
    // A rollback is one transaction: also in the middle of it.
    const moments = [...momentsOf(whole, kills / 2 - 1), whole.publishing - 10]
    for (const left of await leaveBehind(roll(to), moments))
      expect(expectWhole(left.workspace, before, to), `killed before statement ${left.moment}`).toBe(left.isPublished)
  }

  // The command itself, killed as soon as it has the workspace.
  const before = standing(workspace)
  const rollback = startGroup(workspace, ['rollback', '1', '--reason', 'kill me'])
  await rollback.killOnce(() => isWorkspaceLocked(workspace))
  expectWhole(workspace, before, 1)
  const { run } = standing(workspace)
  expect(await startGroup(workspace, ['rollback', run === 1 ? '2' : '1']).ended).toBe(0)
}, 400_000)
