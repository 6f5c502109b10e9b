import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { allowHeld } from '../../../src/main/features/gates/allow-held.ts'
import { listOverrides } from '../../../src/main/features/gates/queries.ts'
import { proveWorkspace } from '../../../src/main/pipeline/run/diagnose/prove-workspace.ts'
import { rollBack } from '../../../src/main/pipeline/run/publish/roll-back.ts'
import { releaseCandidate } from '../../../src/main/pipeline/run/publish/settle-candidate.ts'
import { openWorkbench } from '../../../src/main/pipeline/run/open-workbench.ts'
import { openWorkspace } from '../../../src/main/store/open-workspace.ts'
import { crash } from '../../helpers/broken-off.ts'
import { folderOf, temporaryFolder } from '../../helpers/feeds.ts'
import { feedsRequest } from '../../helpers/killed-run.ts'
import { copyOf, dayOf, deliver, deliverDays, jobThread, people, writeProject } from './people.ts'

const folder = mkdtempSync(join(tmpdir(), 'assay-gates-'))
const project = writeProject(join(folder, 'project'))
const nineDays = join(folder, 'nine-days')

beforeAll(() => deliverDays({ project, workspace: nineDays }, 9))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const afterNineDays = () => ({ project, workspace: copyOf(nineDays) })

test('a person lets a held delivery through with a reason; it teaches nothing unless it is what to expect', async () => {
  const at = afterNineDays()
  const text = people({ day: 9, count: 900 })
  const held = await deliver(at, 9, text)
  expect(held.run.status).toBe('blocked')
  const { connection } = openWorkspace(at.workspace)
  await allowHeld(connection, held.runId, { who: 'Ada', at: 0, reason: 'a company joined', isExpected: false })
  await expect(allowHeld(connection, 1, { who: 'Ada', at: 0, reason: 'no', isExpected: false })).rejects.toThrow(
    'No gate held',
  )
  expect(listOverrides(connection, held.runId)).toMatchObject([
    { gate: 'volume', who: 'Ada', reason: 'a company joined', value: 900, expected: false },
    { gate: 'keys', source: 'people' },
  ])
  connection.close()

  const other = await deliver(at, 9, people({ day: 9, count: 901 }))
  expect(other.run.status).toBe('blocked')
  const passed = await deliver(at, 9, text)
  expect([passed.run.status, passed.statuses['volume']]).toEqual(['published', 'allowed'])
  expect(passed.gates[0]?.message).toContain('Ada let it through: a company joined')
  expect((await deliver(at, 10, people({ day: 10, count: 900 }))).statuses['volume']).toBe('held')

  const expected = await deliver(at, 10, people({ day: 10, count: 905 }), { reason: 'they stay', isExpected: true })
  expect([expected.run.status, expected.statuses['volume']]).toEqual(['published', 'allowed'])
  const next = await deliver(at, 11, people({ day: 11, count: 900 }))
  expect([next.run.status, next.statuses['volume']]).toEqual(['published', 'pass'])
  expect(next.gates.find(({ gate }) => gate === 'volume')?.message).toMatch(
    /the \d+ before run \d+ brought to the new level that begins with it/,
  )

  const { project: projectFolder, workspace: workspaceFolder } = at
  const proof = await proveWorkspace({ projectFolder, workspaceFolder, jobThread, progress() {} })
  expect([proof.deliveries, proof.is_equal]).toEqual([12, true])
})

test('files that are known are no delivery, and a rolled back one is no history', async () => {
  const at = afterNineDays()
  const again = await deliver(at, 8, people({ day: 8 }))
  expect([again.run.status, again.gates]).toEqual(['published', []])
  const workbench = openWorkbench({ projectFolder: at.project, workspaceFolder: at.workspace, create: false })
  try {
    await rollBack(workbench, 7, { who: 'test', reason: 'to see' })
  } finally {
    workbench.close()
  }
  expect((await deliver(at, 9, people({ day: 9 }))).statuses['volume']).toBe('quiet')
})

test('the samples of a delivery that readers were taken back from are kept as long as they can be brought forth to it', async () => {
  const at = afterNineDays()
  const samples = () => {
    const { connection } = openWorkspace(at.workspace)
    try {
      return connection
        .prepare('SELECT run_id FROM assay_delivery WHERE columns IS NOT NULL AND run_id < 10 ORDER BY 1')
        .pluck()
        .all()
    } finally {
      connection.close()
    }
  }
  const workbench = openWorkbench({ projectFolder: at.project, workspaceFolder: at.workspace, create: false })
  try {
    const before = samples()
    await rollBack(workbench, 8, { who: 'test', reason: 'to see' })
    const input = folderOf({ 'people_9.csv': people({ day: 9 }) })
    await crash(feedsRequest({ input, ...at }, { asOf: dayOf(9) }), 'checking')
    await rollBack(workbench, 9, { who: 'test', reason: 'it was right' })
    expect(before).toContain(9)
    expect(samples()).toEqual(before)
  } finally {
    workbench.close()
  }
  expect((await deliver(at, 9, people({ day: 9 }))).statuses).toEqual({ volume: 'pass', keys: 'pass', schema: 'pass' })
})

test('a candidate stays when a gate holds the next delivery; released, it is what gates learn from', async () => {
  const { workspace } = afterNineDays()
  const strict = writeProject(temporaryFolder())
  appendFileSync(
    join(strict, 'models/models.yml'),
    '    data_tests:\n      - expression_is_true: { name: nobody_lives_anywhere, expression: people < 1 }\n',
  )
  const blocked = await deliver({ project: strict, workspace }, 9, people({ day: 9 }))
  expect([blocked.run.status, blocked.statuses['volume']]).toEqual(['blocked', 'pass'])
  const held = await deliver({ project, workspace }, 10, people({ day: 10, count: 300 }))
  expect([held.run.status, held.statuses['volume']]).toEqual(['blocked', 'held'])
  const workbench = openWorkbench({ projectFolder: project, workspaceFolder: workspace, create: false })
  try {
    await releaseCandidate(workbench, blocked.runId, { who: 'test', reason: 'they do' })
  } finally {
    workbench.close()
  }
  const next = await deliver({ project, workspace }, 10, people({ day: 10 }))
  expect([next.run.status, next.statuses]).toEqual(['published', { volume: 'pass', keys: 'pass', schema: 'pass' }])
  expect(next.gates.find(({ gate }) => gate === 'volume')?.learned_from).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
})
