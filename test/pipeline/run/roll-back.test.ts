import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { modelsHandlers } from '../../../src/main/features/models/handlers.ts'
import { diagnoseWorkspace } from '../../../src/main/pipeline/run/diagnose/diagnose-workspace.ts'
import { lockWorkspace } from '../../../src/main/store/workspace-lock.ts'
import { engineContext } from '../../helpers/engine-context.ts'
import { benefits, exportPublished, folderOf, runFeeds, temporaryFolder } from '../../helpers/feeds.ts'
import { fullRefresh } from '../../helpers/full-refresh.ts'
import { openRuns } from '../../helpers/published-runs.ts'
import { openQuarantine } from '../../helpers/quarantine.ts'
import { claim, delivery, header, inWorkspace, publishEach } from './small-claims.ts'

describe('a rollback', () => {
  test('gives readers each of the earlier runs again, and forth again, as they were', async () => {
    const workspace = temporaryFolder()
    const deliveries = [
      delivery('1', claim('C1', '5.00')),
      delivery('2', claim('C1', '7.00', '2022-02-01'), claim('C2', 'x')),
      delivery('3', claim('C3', '9.00')),
    ]
    const tables = await publishEach(workspace, deliveries)
    const runs = openRuns(workspace)
    for (const run of [1, 3, 2, 1, 2, 3, 1]) {
      const before = inWorkspace(workspace, 'SELECT run_id FROM assay_published')
      expect(await runs.rollBack(run, 'to see')).toEqual({ run_id: run, previous_run: before })
      expect(exportPublished(workspace)).toEqual(tables[run - 1])
      expect(diagnoseWorkspace(workspace).findings).toEqual([])
    }
    expect(await runs.all()).toMatchObject([
      { run_id: 3, is_current: false, is_rolled_back: true, is_undone: false, can_roll_back: true },
      { run_id: 2, is_current: false, is_rolled_back: true, can_roll_back: true },
      { run_id: 1, is_current: true, is_rolled_back: false, can_roll_back: false },
    ])
    expect((await runs.show(1)).publications).toMatchObject([
      { kind: 'publish', reason: '', previous_run: null },
      { kind: 'rollback', reason: 'to see', previous_run: 3 },
      { kind: 'rollback', previous_run: 2 },
      { kind: 'rollback', previous_run: 3 },
    ])
  })

  test('makes the next run begin where readers are; what was rolled back is undone for good and its number not used again', async () => {
    const workspace = temporaryFolder()
    const [first, second, third] = [
      delivery('1', claim('C1', '5.00')),
      delivery('2', claim('C2', '7.00'), claim('C3', 'x')),
      delivery('3', claim('C4', '1.00'), claim('C5', 'y')),
    ]
    await publishEach(workspace, [first, second])
    const runs = openRuns(workspace)
    await runs.rollBack(1)
    const run = await runFeeds({ input: third, workspace })
    expect(run.run_id).toBe(3)
    expect(exportPublished(workspace)).toEqual(await fullRefresh(workspace, [first, third]))
    expect(await runs.all()).toMatchObject([
      { run_id: 3, is_current: true },
      { run_id: 2, status: 'published', is_undone: true, is_rolled_back: false, can_roll_back: false },
      { run_id: 1, can_roll_back: true },
    ])
    await expect(runs.rollBack(2)).rejects.toMatchObject({ code: 'USAGE', hint: 'There are: 1.' })
    await runFeeds({ input: second, workspace })
    expect(exportPublished(workspace)).toEqual(await fullRefresh(workspace, [first, third, second]))
    const models = modelsHandlers(engineContext(runs.workbench))
    const shown = await models.show({ name: 'stg_claims' })
    expect(shown.history.map(({ run_id }) => run_id)).toEqual([4, 3, 1])
    expect(shown.previous_rows).toBe(2)
    expect(diagnoseWorkspace(workspace).findings).toEqual([])
  })

  test('keeps what people decided: it waits again for a replay', async () => {
    const workspace = temporaryFolder()
    await publishEach(workspace, [delivery('1', claim('C1', 'x'), claim('C2', '3.00'))])
    const quarantine = openQuarantine(workspace)
    const [row] = await quarantine.rows()
    await quarantine.correctRow(row?.id ?? 0, { amount: '8.00' })
    const { run_id: replay } = await quarantine.replayAll()
    const after = exportPublished(workspace)
    expect((await quarantine.waiting({})).rows).toBe(0)
    const runs = openRuns(workspace)
    await runs.rollBack(1)
    expect(await quarantine.rows()).toMatchObject([{ id: row?.id, state: 'corrected', is_waiting: true }])
    expect(await quarantine.waiting({})).toMatchObject({ rows: 1, operations: 1 })
    await runs.rollBack(replay)
    expect(await quarantine.rows()).toMatchObject([{ state: 'released', is_waiting: false }])
    await runs.rollBack(1)
    await quarantine.replayAll()
    expect(exportPublished(workspace)).toEqual(after)
    expect(await quarantine.waiting({})).toMatchObject({ rows: 0, operations: 0 })
  })

  test('of a decision about a staged row leaves the row correctable', async () => {
    const workspace = temporaryFolder()
    await publishEach(workspace, [delivery('1', claim('C1', '5.00'), claim('C2', '3.00'))])
    const quarantine = openQuarantine(workspace)
    await quarantine.correctRow(1, { amount: '8.00' })
    await quarantine.replayAll()
    const runs = openRuns(workspace)
    await runs.rollBack(1)
    await quarantine.correctRow(1, { amount: '9.00' })
    await quarantine.replayAll()
    expect(exportPublished(workspace)['stg_claims.csv']).toMatch(/C1,.*9\.00/)
    expect(diagnoseWorkspace(workspace).findings).toEqual([])
  })

  test('takes the contracts along by which the state was judged', async () => {
    const workspace = temporaryFolder()
    const project = join(temporaryFolder(), 'benefits')
    cpSync(benefits, project, { recursive: true })
    const path = join(project, 'contracts/claims.yml')
    const text = readFileSync(path, 'utf8')
    writeFileSync(
      path,
      text.replace(
        /(Line of coverage[\s\S]*?customProperties:\n)/,
        '$1          - { property: repairs, value: { Tooth: Vision } }\n',
      ),
    )
    expect(readFileSync(path, 'utf8')).not.toBe(text)
    const tooth = claim('C2', '3.00').replace('Dental', 'Tooth')
    await publishEach(workspace, [delivery('1', claim('C1', '5.00'), tooth)])
    const [released] = await publishEach(workspace, [delivery('2', claim('C3', '3.00'))], project)
    expect(released?.['stg_claims.csv']).toContain('Vision')
    await openRuns(workspace).rollBack(1)
    const [again] = await publishEach(workspace, [delivery('3', claim('C3', '3.00'))], project)
    expect(again?.['stg_claims.csv']).toContain('Vision')
  })

  test('takes the answers of enrichment back that came with the run', async () => {
    const workspace = temporaryFolder()
    const withAnswers = (name: string, industry: string) =>
      folderOf({
        [`company_lookup_${name}.json`]: JSON.stringify({ 'a.com': '11-1111111' }),
        [`enrichment_${name}.json`]: JSON.stringify({ 'a.com': { industry, revenue: null, headcount: null } }),
        [`claims_${name}.csv`]: header + claim(`C${name}`, '5.00'),
      })
    const [first, second] = [withAnswers('1', 'Mining'), withAnswers('2', 'Fishing')]
    const third = delivery('3', claim('C3', '1.00'))
    await publishEach(workspace, [first, second])
    const runs = openRuns(workspace)
    await runs.rollBack(1)
    await publishEach(workspace, [third])
    expect(exportPublished(workspace)['int_company_enriched.csv']).toContain('Mining')
    expect(exportPublished(workspace)).toEqual(await fullRefresh(workspace, [first, third]))
  })

  test('is refused while a run is going on, and to runs that were never published', async () => {
    const workspace = temporaryFolder()
    await publishEach(workspace, [delivery('1', claim('C1', '5.00')), delivery('2', claim('C2', '5.00'))])
    await runFeeds({
      input: folderOf({ 'claims.csv': 'a,b\n' }),
      workspace,
    })
    const runs = openRuns(workspace)
    await expect(runs.rollBack(3)).rejects.toMatchObject({ code: 'USAGE', hint: 'There are: 1.' })
    await expect(runs.rollBack(99)).rejects.toMatchObject({ code: 'USAGE' })
    expect(await runs.rollBack(2)).toEqual({ run_id: 2, previous_run: 2 })
    const lock = lockWorkspace(workspace, 'a test')
    await expect(runs.rollBack(1)).rejects.toMatchObject({ code: 'WORKSPACE_LOCKED' })
    lock.release()
    expect(inWorkspace(workspace, "SELECT count(*) FROM assay_publication WHERE kind = 'rollback'")).toBe(0)
  })
})
