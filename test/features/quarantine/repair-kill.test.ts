import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { expect, test } from 'vitest'
import { openWorkspace } from '../../../src/main/store/open-workspace.ts'
import { benefits, exportPublished, folderOf, runFeeds, temporaryFolder } from '../../helpers/feeds.ts'
import { leaveBehind, momentsOf, recordWork } from '../../helpers/killed-run.ts'
import { expectOneStateEach } from '../../helpers/one-state.ts'
import { startGroup } from '../../helpers/process-group.ts'
import { openQuarantine } from '../../helpers/quarantine.ts'

const kills = 12
const claims = 1_000
const held = claims / 2
const edit = { kind: 'replace', field: 'amount', find: 'O', with: '0', is_regex: false, ignore_case: false } as const

/** Claims of many companies and days; in the amount of every other one a letter stands for a digit. */
function feed(): string {
  const rows = Array.from({ length: claims }, (_, claim) => {
    const amount = claim % 2 === 0 ? `${claim % 900}.5O` : `${claim % 900}.50`
    const day = new Date(Date.UTC(2022, 0, 1 + (claim % 360))).toISOString().slice(0, 10)
    return `C${claim},${10 + (claim % 80)}-0000001,${day},${amount},Dental`
  })
  return folderOf({ 'claims.csv': `claim_id,company_ein,service_date,amount,claim_type\n${rows.join('\n')}\n` })
}

/** How far the operation came; throws where only a part of it is there. */
function progressOf(workspace: string): 'nothing' | 'kept' | 'published' {
  const { connection } = openWorkspace(workspace)
  try {
    const numbers = (sql: string) => connection.prepare(sql).pluck().all() as number[]
    const waiting = numbers("SELECT count(*) FROM assay_waiting WHERE state = 'corrected' AND operation_id = 1")
    expect(waiting).toEqual(numbers('SELECT count(*) FROM assay_waiting'))
    const [isPublished] = numbers('SELECT run_id > 1 FROM assay_published')
    const operations = numbers('SELECT rows FROM assay_operation')
    const amendments = numbers('SELECT count(DISTINCT identity) FROM assay_amendment')
    if (operations.length === 0) {
      expect({ amendments, waiting, isPublished }).toEqual({ amendments: [0], waiting: [0], isPublished: 0 })
      return 'nothing'
    }
    expect({ operations, amendments }).toEqual({ operations: [held], amendments: [held] })
    expect(waiting).toEqual([isPublished === 1 ? 0 : held])
    return isPublished === 1 ? 'published' : 'kept'
  } finally {
    connection.close()
  }
}

/** Does what is left to do. */
async function finish(workspace: string, progress: ReturnType<typeof progressOf>): Promise<void> {
  const quarantine = openQuarantine(workspace)
  if (progress === 'nothing') await quarantine.correctAll(edit)
  if (progress !== 'published') await quarantine.replayAll()
  quarantine.close()
}

test(`kill -9 at ${kills} moments of a bulk correction with replay: it is wholly there or not at all`, async () => {
  const made = temporaryFolder()
  await runFeeds({ input: feed(), workspace: made })
  const before = exportPublished(made)
  const copyOfMade = () => {
    const workspace = join(temporaryFolder(), 'workspace')
    cpSync(made, workspace, { recursive: true })
    return workspace
  }
  const fixOf = (workspaceFolder: string) =>
    ({ kind: 'fix', site: { projectFolder: benefits, workspaceFolder }, edit }) as const
  const reference = copyOfMade()
  const whole = await recordWork(fixOf(reference))
  expect(progressOf(reference)).toBe('published')
  expectOneStateEach(reference)
  const after = exportPublished(reference)
  expect(after).not.toEqual(before)

  const nameOf = (tables: Record<string, string>) =>
    isDeepStrictEqual(tables, after) ? 'after' : isDeepStrictEqual(tables, before) ? 'before' : 'neither'
  /** Checks what was left behind, and where wanted that what is left to do can be done. */
  const expectWhole = async (workspace: string, isFinished: boolean) => {
    const progress = progressOf(workspace)
    expect(nameOf(exportPublished(workspace))).toBe(progress === 'published' ? 'after' : 'before')
    expectOneStateEach(workspace)
    if (progress === 'published' || !isFinished) return progress
    await finish(workspace, progress)
    expect(nameOf(exportPublished(workspace)), `finished from ${progress}`).toBe('after')
    return progress
  }
  // The operation is kept by one of the first commits.
  const moments = [...momentsOf(whole, kills - 2), ...whole.commits.slice(1, 3)]
  const seen = new Map<number, string>()
  for (const [index, left] of (await leaveBehind(fixOf(copyOfMade()), [...new Set(moments)])).entries()) {
    const progress = await expectWhole(left.workspace, index % 3 === 0)
    expect(progress === 'published', `killed before statement ${left.moment}`).toBe(left.isPublished)
    seen.set(left.moment, progress)
  }
  expect(new Set(seen.values())).toEqual(new Set(['nothing', 'kept', 'published']))

  // The command itself with its job: killed as soon as the operation is kept, and as soon as the replay has done a few steps.
  const noted = ['SELECT count(*) FROM assay_operation', 'SELECT count(*) > 5 FROM assay_run_step WHERE run_id = 2']
  for (const sql of noted) {
    const workspace = copyOfMade()
    const edited = ['--replace', edit.field, '--find', edit.find, '--with', edit.with]
    const fix = startGroup(workspace, ['quarantine', 'fix', ...edited, '--all', '--replay'])
    const { connection } = openWorkspace(workspace)
    const isNoted = connection.prepare(sql).pluck()
    await fix.killOnce(() => isNoted.get() === 1)
    connection.close()
    expect(await expectWhole(workspace, true)).not.toBe('nothing')
  }
}, 400_000)
