import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { modelsHandlers } from '../../../src/main/features/models/handlers.ts'
import { diagnoseWorkspace } from '../../../src/main/pipeline/run/diagnose-workspace.ts'
import { openWorkspace } from '../../../src/main/store/open-workspace.ts'
import { lockWorkspace } from '../../../src/main/store/workspace-lock.ts'
import { benefits, exportPublished, folderOf, runFeeds, temporaryFolder } from '../../helpers/feeds.ts'
import { fullRefresh } from '../../helpers/full-refresh.ts'
import { openRuns } from '../../helpers/published-runs.ts'
import { openQuarantine } from '../../helpers/quarantine.ts'
import { strictProject } from '../../helpers/strict-project.ts'

const header = 'claim_id,company_ein,service_date,amount,claim_type,last_updated\n'
const claim = (id: string, amount: string, updated = '') => `${id},11-1111111,2022-01-01,${amount},Dental,${updated}\n`

/** A delivery of claims under a name of its own. */
function delivery(name: string, ...rows: readonly string[]): string {
  return folderOf({ [`claims_${name}.csv`]: header + rows.join('') })
}

function inWorkspace(workspace: string, sql: string, ...values: unknown[]): unknown {
  const { connection } = openWorkspace(workspace)
  try {
    return connection
      .prepare(sql)
      .pluck()
      .get(...values)
  } finally {
    connection.close()
  }
}

/** Runs deliveries one after the other; gives each run's tables as they were when it was published. */
async function publishEach(workspace: string, deliveries: readonly string[], project = benefits) {
  const tables: Record<string, string>[] = []
  for (const input of deliveries) {
    expect((await runFeeds({ input, workspace, project })).status).toBe('published')
    tables.push(exportPublished(workspace))
  }
  return tables
}

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
    const models = modelsHandlers({
      workbench: runs.workbench,
      jobs: {
        start: () => Promise.reject(new Error()),
        cancel: () => Promise.resolve(),
        isGoingOn: () => false,
        current: () => null,
      },
      host: { kind: 'cli', has_folder_dialog: false },
      announce() {},
    })
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

describe('a candidate', () => {
  async function blocked() {
    const project = strictProject()
    const workspace = temporaryFolder()
    const first = delivery('1', claim('C1', '5.00'))
    const second = delivery('2', claim('C2', '5000.00'), claim('C3', 'x'))
    const [tables] = await publishEach(workspace, [first], project)
    expect((await runFeeds({ input: second, workspace, project })).status).toBe('blocked')
    expect(exportPublished(workspace)).toEqual(tables)
    return { project, workspace, first, second, tables, runs: openRuns(workspace, project) }
  }

  test('can be looked at beside what is published', async () => {
    const { runs } = await blocked()
    const models = modelsHandlers({
      workbench: runs.workbench,
      jobs: {
        start: () => Promise.reject(new Error()),
        cancel: () => Promise.resolve(),
        isGoingOn: () => false,
        current: () => null,
      },
      host: { kind: 'cli', has_folder_dialog: false },
      announce() {},
    })
    const page = { name: 'stg_claims', offset: 0, limit: 10, sort: [], filters: [] }
    expect(await models.show({ name: 'stg_claims' })).toMatchObject({ candidate_run: 2, rows: 1 })
    expect((await models.rows({ ...page, state: 'published' })).keys).toEqual([{ claim_id: 'C1' }])
    expect((await models.rows({ ...page, state: 'candidate' })).keys).toEqual([{ claim_id: 'C1' }, { claim_id: 'C2' }])
    expect(await runs.show(2)).toMatchObject({ status: 'blocked', is_candidate: true })
    await runs.discard(2)
    expect(await models.show({ name: 'stg_claims' })).toMatchObject({ candidate_run: null })
    expect(() => models.rows({ ...page, state: 'candidate' })).toThrow('no candidate')
  })

  test('that is released is published, with who and why, and the next run goes on from it', async () => {
    const { workspace, project, first, second, runs } = await blocked()
    expect(await runs.release(2, 'a real bill')).toEqual({ run_id: 2, previous_run: 1 })
    expect(exportPublished(workspace)).toEqual(await fullRefresh(workspace, [first, second]))
    expect(await runs.show(2)).toMatchObject({
      status: 'published',
      is_current: true,
      is_candidate: false,
      publications: [{ kind: 'release', reason: 'a real bill', previous_run: 1 }],
    })
    const third = delivery('3', claim('C4', '6.00'), claim('C5', 'y'))
    expect((await runFeeds({ input: third, workspace, project })).status).toBe('blocked')
    await runs.release(3)
    expect(exportPublished(workspace)).toEqual(await fullRefresh(workspace, [first, second, third]))
    expect(inWorkspace(workspace, 'SELECT count(DISTINCT arrival) = count(*) FROM assay_record')).toBe(1)
    expect(diagnoseWorkspace(workspace).findings).toEqual([])
  })

  test('that is discarded leaves nothing behind', async () => {
    const { workspace, tables, runs } = await blocked()
    await runs.discard(2)
    expect(exportPublished(workspace)).toEqual(tables)
    expect(inWorkspace(workspace, 'SELECT count(*) FROM staged_claims WHERE from_run = 2')).toBe(0)
    expect(await runs.show(2)).toMatchObject({ status: 'blocked', is_undone: true, is_candidate: false })
    await expect(runs.release(2)).rejects.toMatchObject({ code: 'USAGE' })
    await expect(runs.discard(2)).rejects.toMatchObject({ code: 'USAGE' })
  })

  test('is none while readers see another run than it was built on', async () => {
    const { workspace, project, runs } = await blocked()
    await runs.discard(2)
    await publishEach(workspace, [delivery('3', claim('C5', '5.00'))], project)
    await runFeeds({ input: delivery('4', claim('C6', '5000.00')), workspace, project })
    await runs.rollBack(1)
    await expect(runs.release(4)).rejects.toMatchObject({ code: 'USAGE' })
    await runs.rollBack(3)
    expect(await runs.show(4)).toMatchObject({ is_candidate: true })
  })

  test('is none where a file was rejected', async () => {
    const workspace = temporaryFolder()
    await publishEach(workspace, [delivery('1', claim('C1', '5.00'))])
    await runFeeds({ input: folderOf({ 'claims.csv': 'a,b\n' }), workspace })
    await expect(openRuns(workspace).release(2)).rejects.toMatchObject({ code: 'USAGE' })
  })
})

describe('retention', () => {
  test('drops the rows that none of the last runs sees, and nothing that one of them does', async () => {
    const workspace = temporaryFolder()
    const tables: Record<string, string>[] = []
    for (let run = 1; run <= 14; run += 1) {
      const rows = [claim('C1', `${run}.00`, `2022-02-${String(run).padStart(2, '0')}`), claim(`D${run}`, 'x')]
      tables.push(...(await publishEach(workspace, [delivery(String(run), ...rows)])))
    }
    expect(inWorkspace(workspace, 'SELECT min(to_run) FROM staged_claims')).toBe(6)
    expect(inWorkspace(workspace, 'SELECT count(*) FROM assay_quarantine')).toBe(14)
    const runs = openRuns(workspace)
    const targets = (await runs.all()).filter((run) => run.can_roll_back).map((run) => run.run_id)
    expect(targets).toEqual([13, 12, 11, 10, 9, 8, 7, 6, 5])
    await expect(runs.rollBack(4)).rejects.toMatchObject({ hint: `There are: ${targets.join(', ')}.` })
    for (const run of targets.toReversed()) {
      await runs.rollBack(run)
      expect(exportPublished(workspace)).toEqual(tables[run - 1])
    }
    await runs.rollBack(6)
    await publishEach(workspace, [delivery('again', claim('C9', '1.00'))])
    expect((await runs.all()).filter((run) => run.can_roll_back).map((run) => run.run_id)).toEqual([6, 5])
    await runs.rollBack(5)
    expect(exportPublished(workspace)).toEqual(tables[4])
    expect(diagnoseWorkspace(workspace)).toMatchObject({ findings: [], facts: { oldest_kept_run: 5 } })
  })

  test('looks up what there is to drop', async () => {
    const workspace = temporaryFolder()
    await publishEach(workspace, [delivery('1', claim('C1', '5.00'))])
    const { connection } = openWorkspace(workspace)
    const plan = connection.prepare('EXPLAIN QUERY PLAN DELETE FROM staged_claims WHERE to_run <= ?').all(1)
    connection.close()
    expect(JSON.stringify(plan)).toContain('USING INDEX staged_claims_closed')
  })
})
