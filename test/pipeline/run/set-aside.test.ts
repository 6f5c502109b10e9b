import { expect, test } from 'vitest'
import { showIncident } from '../../../src/main/features/incident/show-incident.ts'
import { diagnoseWorkspace } from '../../../src/main/pipeline/run/diagnose/diagnose-workspace.ts'
import { listComparedRuns } from '../../../src/main/pipeline/run/comparison/compared-runs.ts'
import { planComparison } from '../../../src/main/pipeline/run/comparison/plan-comparison.ts'
import { candidateState } from '../../../src/main/pipeline/run/relation/relation.ts'
import { createWorkspaceIfMissing } from '../../../src/main/store/open-workspace.ts'
import { lockWorkspace } from '../../../src/main/store/workspace-lock.ts'
import { crash, kill, runSilently } from '../../helpers/broken-off.ts'
import { dumpWorkspace } from '../../helpers/dump-workspace.ts'
import { exportPublished, folderOf, runFeeds, temporaryFolder } from '../../helpers/feeds.ts'
import { fullRefresh } from '../../helpers/full-refresh.ts'
import { feedsRequest } from '../../helpers/killed-run.ts'
import { expectOneStateEach } from '../../helpers/one-state.ts'
import { openRuns } from '../../helpers/published-runs.ts'
import { openQuarantine } from '../../helpers/quarantine.ts'
import { strictProject } from '../../helpers/strict-project.ts'

const claim = (id: string, amount: string, updated = '2022-01-01') =>
  `${id},11-1111111,2022-01-01,${amount},Dental,${updated}\n`
const delivery = (name: string, ...claims: readonly string[]) =>
  folderOf({
    [`claims_${name}.csv`]: `claim_id,company_ein,service_date,amount,claim_type,last_updated\n${claims.join('')}`,
  })

/** A workspace in which so many runs are published. */
async function worldOf(published: number) {
  const project = strictProject()
  const workspace = temporaryFolder()
  createWorkspaceIfMissing(workspace)
  const inputs: string[] = []
  const run = (input: string) => runFeeds({ input, workspace, project })
  for (let number = 1; number <= published; number += 1) {
    inputs.push(delivery(String(number), claim('C1', `${number}.00`, `2022-02-0${number}`), claim(`D${number}`, 'x')))
    expect((await run(inputs.at(-1) ?? '')).status).toBe('published')
  }
  const runs = openRuns(workspace, project)
  /** Delivers what a check blocks; gives the number of the run, and all that is kept then. */
  async function block(name: string) {
    const input = delivery(name, claim(name, '5000.00'), claim('C1', '7.00', '2022-03-01'), claim(`X${name}`, 'y'))
    const { run_id: id, status } = await run(input)
    expect(status).toBe('blocked')
    return { id, input, kept: dumpWorkspace(workspace) }
  }
  const fail = () =>
    crash(feedsRequest({ input: delivery('z', claim('Z', '1.00'), claim('Y', 'z')), workspace, project }), 'checking')
  const idsOf = async (mark: 'is_candidate' | 'can_bring_back' | 'is_superseded' | 'can_roll_back') =>
    (await runs.all()).filter((one) => one[mark]).map((one) => one.run_id)
  return { project, workspace, inputs, runs, run, block, fail, idsOf, seen: () => exportPublished(workspace) }
}
type World = Awaited<ReturnType<typeof worldOf>>

/** What may come of a run that is started over a candidate, but that it is blocked or published. */
const endings: Readonly<Record<string, (world: World) => Promise<unknown>>> = {
  fails: ({ fail }) => fail(),
  'has a file that is rejected': ({ run }) => run(folderOf({ 'claims_9.csv': 'a,b\n' })),
  'is cancelled': ({ workspace, project }) =>
    kill(workspace, feedsRequest({ input: delivery('9', claim('C9', '1.00')), workspace, project }), 300, true),
  'is a preview of a replay': async ({ workspace, project }) =>
    openQuarantine(workspace, project).replay({ preview: true }),
}

test.for(Object.entries(endings))(
  'after a run that %s a candidate is as it was, once it is brought back',
  async ([, end]) => {
    const world = await worldOf(1)
    const { workspace, runs, inputs, idsOf, seen } = world
    const tables = seen()
    const { id, input, kept } = await world.block('A')
    await end(world)
    expect(await runs.show(id)).toMatchObject({
      status: 'blocked',
      is_set_aside: true,
      is_undone: false,
      is_candidate: false,
      can_bring_back: true,
    })
    expect(seen()).toEqual(tables)
    expectOneStateEach(workspace)
    expect(await runs.inspect(id)).toEqual({ run_id: id, previous_candidate: null })
    expect(dumpWorkspace(workspace)).toEqual(kept)
    expect([await idsOf('is_candidate'), await idsOf('can_bring_back')]).toEqual([[id], []])
    expect(seen()).toEqual(tables)
    expectOneStateEach(workspace)
    await end(world)
    await runs.release(id)
    expect(seen()).toEqual(await fullRefresh(workspace, [...inputs, input]))
    expectOneStateEach(workspace)
  },
)

test('candidates and rolled-back runs are set aside beside each other; each that is brought back takes the place of another', async () => {
  const { workspace, runs, block, fail, idsOf, seen } = await worldOf(3)
  const tables = seen()
  const whole = dumpWorkspace(workspace)
  const late = await block('A')
  await runs.rollBack(1)
  const first = seen()
  // Readers see another run than it was built on, so that only the others can be had.
  const [one, other] = [await block('B'), await block('C')]
  await fail()
  expect([await idsOf('can_bring_back'), await idsOf('can_roll_back')]).toEqual([
    [other.id, one.id],
    [3, 2],
  ])
  await expect(runs.inspect(late.id)).rejects.toThrow(/no candidate: it was built on run 3/)
  let before: number | null = null
  for (const { id, kept } of [one, other, one]) {
    expect(await runs.inspect(id)).toEqual({ run_id: id, previous_candidate: before })
    expect(dumpWorkspace(workspace)).toEqual(kept)
    expect(seen()).toEqual(first)
    expectOneStateEach(workspace)
    before = id
  }
  expect(await runs.inspect(one.id)).toEqual({ run_id: one.id, previous_candidate: one.id })

  await runs.rollBack(3)
  expect(seen()).toEqual(tables)
  expect(dumpWorkspace(workspace)).toEqual(whole)
  expect([await idsOf('is_candidate'), await idsOf('can_bring_back')]).toEqual([[], [late.id]])
  await runs.inspect(late.id)
  expect(dumpWorkspace(workspace)).toEqual(late.kept)
  expect(seen()).toEqual(tables)

  // Straight from behind the last run back to one that was built on the first.
  await runs.rollBack(1)
  await runs.inspect(other.id)
  expect(dumpWorkspace(workspace)).toEqual(other.kept)
  expect([await idsOf('can_bring_back'), await idsOf('can_roll_back')]).toEqual([[one.id], [3, 2]])
  expectOneStateEach(workspace)
})

test('a candidate that is discarded takes no other with it', async () => {
  const { workspace, runs, block, idsOf } = await worldOf(1)
  const [one, two, three] = [await block('A'), await block('B'), await block('C')]
  await runs.discard(two.id)
  expect([await idsOf('is_candidate'), await idsOf('can_bring_back')]).toEqual([[three.id], [one.id]])
  expect(dumpWorkspace(workspace)).toEqual(three.kept)
  await runs.discard(three.id)
  expect(await idsOf('can_bring_back')).toEqual([one.id])
  await runs.inspect(one.id)
  expect(dumpWorkspace(workspace)).toEqual(one.kept)
  expect(await runs.show(two.id)).toMatchObject({ is_undone: true, is_set_aside: false, is_superseded: false })
  await expect(runs.release(two.id)).rejects.toThrow('no candidate')
  expectOneStateEach(workspace)
})

test('a run that is published supersedes all that is set aside', async () => {
  const { workspace, runs, run, block, idsOf } = await worldOf(2)
  await runs.rollBack(1)
  const [one, two] = [await block('A'), await block('B')]
  const { status } = await run(delivery('3', claim('C3', '1.00')))
  expect(status).toBe('published')
  expect([await idsOf('is_superseded'), await idsOf('can_roll_back')]).toEqual([[two.id, one.id], [1]])
  for (const id of [one.id, two.id]) {
    expect(await runs.show(id)).toMatchObject({ is_undone: true, is_set_aside: false, can_bring_back: false })
    await expect(runs.inspect(id)).rejects.toThrow('no candidate')
    await expect(runs.discard(id)).rejects.toThrow('no candidate')
  }
  const tables = runs.workbench.connection
    .prepare("SELECT name FROM sqlite_schema WHERE name GLOB 'assay_aside:*'")
    .all()
  expect(tables).toEqual([])
  expectOneStateEach(workspace)
})

test('one of two candidates is released as it is set aside, and runs go on from it', async () => {
  const { workspace, runs, run, block, inputs, idsOf, seen } = await worldOf(2)
  const [one, two] = [await block('A'), await block('B')]
  expect(await runs.release(one.id, 'it was right')).toEqual({ run_id: one.id, previous_run: 2 })
  expect(await runs.show(one.id)).toMatchObject({
    status: 'published',
    is_current: true,
    publications: [{ kind: 'release', reason: 'it was right', previous_run: 2 }],
  })
  expect(await idsOf('is_superseded')).toEqual([two.id])
  expect(showIncident(runs.workbench, null)).toMatchObject({ run: null, candidate_run: null, set_aside_runs: [] })
  expect(seen()).toEqual(await fullRefresh(workspace, [...inputs, one.input]))
  // What it used of arrival numbers is used up, although another run had used them too.
  const next = delivery('4', claim('C4', 'x'), claim('C1', '9.00', '2022-05-01'))
  expect((await run(next)).status).toBe('blocked')
  await runs.release((await idsOf('is_candidate'))[0] ?? 0)
  expect(seen()).toEqual(await fullRefresh(workspace, [...inputs, one.input, next]))
  expectOneStateEach(workspace)
})

test('what people decide while a candidate is set aside waits, once it is released, and is said of its records', async () => {
  const { workspace, project, runs, block, fail, seen } = await worldOf(1)
  const { id } = await block('A')
  await fail()
  const quarantine = openQuarantine(workspace, project)
  const [row] = await quarantine.rows()
  await quarantine.correctRow(row?.id ?? 0, { amount: '4.00' })
  await runs.inspect(id)
  // Rows of a candidate are in nobody's quarantine yet.
  expect((await quarantine.rows()).map((one) => one.id)).toEqual([row?.id])
  await fail()
  await runs.release(id)
  expect(await quarantine.rows()).toMatchObject([{ id: row?.id, is_waiting: true }, { state: 'open' }])
  const [, held] = await quarantine.rows()
  await quarantine.correctRow(held?.id ?? 0, { amount: '6.00' })
  expect((await runSilently({ ...feedsRequest({ input: '', workspace, project }), kind: 'replay' })).status).toBe(
    'blocked',
  )
  await runs.release((await runs.all())[0]?.run_id ?? 0)
  expect(seen()['stg_claims.csv']).toMatch(/D1,.*4\.00[\s\S]*XA,.*6\.00/)
  expectOneStateEach(workspace)
})

test('before anything is published candidates are set aside too', async () => {
  const { workspace, runs, block, seen } = await worldOf(0)
  const [one, two] = [await block('A'), await block('B')]
  await runs.inspect(one.id)
  expect(dumpWorkspace(workspace)).toEqual(one.kept)
  await runs.inspect(two.id)
  expect(dumpWorkspace(workspace)).toEqual(two.kept)
  await runs.release(one.id)
  expect(seen()).toEqual(await fullRefresh(workspace, [one.input]))
  expectOneStateEach(workspace)
})

test('a candidate that could not be resumed is set aside when the run starts over', async () => {
  const { workspace, project, runs, block } = await worldOf(1)
  const { id, input } = await block('A')
  const others = { asOf: '2022-12-30', resume: id }
  const { run_id: next } = await runSilently(feedsRequest({ input, workspace, project }, others))
  expect((await runs.show(next)).resumption).toMatch(/could not be resumed, since .* It was set aside/)
  expect(await runs.show(id)).toMatchObject({ is_set_aside: true, can_bring_back: true, can_resume: false })
  await runs.inspect(id)
  await runs.inspect(next)
  expect(await runs.show(next)).toMatchObject({ is_candidate: true, can_resume: true })
  await runSilently(feedsRequest({ input, workspace, project }, { asOf: '2022-12-30', resume: next }))
  expect(await runs.show(next)).toMatchObject({ is_candidate: true })
  expect((await runs.all()).length).toBe(next)
  expectOneStateEach(workspace)
})

test('a candidate that is set aside is named where one looks for it, and looked at once it is back', async () => {
  const { workspace, runs, block, fail } = await worldOf(1)
  const { id } = await block('A')
  await fail()
  const { workbench } = runs
  expect(showIncident(workbench, null)).toMatchObject({ run: { run_id: 3 }, candidate_run: null, set_aside_runs: [id] })
  expect(diagnoseWorkspace(workspace)).toMatchObject({ ok: true, facts: { candidates_set_aside: String(id) } })
  const compare = () => planComparison(workbench, 'stg_claims', { before: 1, after: id })
  expect(compare).toThrow(`its rows are set aside; bring it back first: assay runs inspect ${id}`)
  expect(() => candidateState(workbench)).toThrow('no candidate')
  const lock = lockWorkspace(workspace, 'a test')
  await expect(runs.inspect(id)).rejects.toMatchObject({ code: 'WORKSPACE_LOCKED' })
  lock.release()
  await runs.inspect(id)
  expect(compare().relation.name).toBe('stg_claims')
  const { relationOf } = candidateState(workbench)
  const rows = workbench.connection
    .prepare(`SELECT count(*) FROM ${relationOf('stg_claims').sql}`)
    .pluck()
    .get()
  expect(rows).toBe(2)
  expect(listComparedRuns(workbench.connection)).toMatchObject([{ run_id: id, is_candidate: true }, { run_id: 1 }])
})

test('that a candidate numbered the records of a file otherwise does not matter when the file comes again', async () => {
  const { run, runs } = await worldOf(1)
  const header = 'claim_id,company_ein,service_date,amount,claim_type,last_updated\n'
  const files = { 'claims_b.csv': header + claim('B', 'x'), 'claims_c.csv': header + claim('C', 'y') }
  const { status } = await run(folderOf({ 'claims_a.csv': header + claim('A', '5000.00'), ...files }))
  expect(status).toBe('blocked')
  await run(folderOf(files))
  const again = await run(folderOf(files))
  expect(again.files.map(({ is_known, rows_quarantined }) => [is_known, rows_quarantined])).toEqual([
    [true, 1],
    [true, 1],
  ])
  expect(again.sources['claims']).toMatchObject({ rows_read: 2, quarantined: 2, superseded: 0 })
  expectOneStateEach(runs.workbench.workspaceFolder)
})
