import { describe, expect, test } from 'vitest'
import { modelsHandlers } from '../../../src/main/features/models/handlers.ts'
import { diagnoseWorkspace } from '../../../src/main/pipeline/run/diagnose/diagnose-workspace.ts'
import { engineContext } from '../../helpers/engine-context.ts'
import { exportPublished, folderOf, runFeeds, temporaryFolder } from '../../helpers/feeds.ts'
import { fullRefresh } from '../../helpers/full-refresh.ts'
import { openRuns } from '../../helpers/published-runs.ts'
import { strictProject } from '../../helpers/strict-project.ts'
import { claim, delivery, inWorkspace, publishEach } from './small-claims.ts'

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
    const models = modelsHandlers(engineContext(runs.workbench))
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
