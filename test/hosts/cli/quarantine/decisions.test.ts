import { expect, test } from 'vitest'
import type { OutputOf } from '../../../../src/main/protocol/method.ts'
import type { QuarantineRow, quarantineMethods } from '../../../../src/main/features/quarantine/protocol.ts'
import { lockWorkspace } from '../../../../src/main/store/workspace-lock.ts'
import { startServe } from '../../../helpers/start-serve.ts'
import { assayHere } from '../assay-here.ts'
import { openSession } from './session.ts'

const { workspace, quarantine, json, rows } = openSession()

const negativeOf = (page: readonly QuarantineRow[]) =>
  page.find(({ reasons }) => reasons.some(({ field, rule }) => field === 'amount' && rule === 'negative'))

type Facets = OutputOf<typeof quarantineMethods.facets>

test('facets count what list lists, and every filter narrows', async () => {
  const facets = await json<Facets>('facets')
  const all = await rows()
  expect(facets.total).toBe(all.length)
  for (const { value, count } of facets.reason)
    expect(all.filter(({ reasons }) => reasons.some(({ field, rule }) => `${field}: ${rule}` === value))).toHaveLength(
      count,
    )

  const [{ field, rule, raw_value: value } = { field: '', rule: '', raw_value: '' }] = negativeOf(all)?.reasons ?? []
  const { source, company, file, first_run: run, row_id: text } = negativeOf(all) ?? {}
  const filter = { source, reason: `${field}: ${rule}`, field, rule, value, company, file, run, text }
  const args = Object.entries({ ...filter, age: '1 day', state: 'open' }).flatMap(([name, one]) => [
    `--${name}`,
    String(one),
  ])
  expect(await rows(...args)).toEqual([negativeOf(all)])
  expect(await rows(...args, '--waiting')).toEqual([])
  const { stdout } = await quarantine('facets', ...args)
  expect(stdout).toMatch(/^1 rows, .*^reason\n.*\n +amount: negative +1$/ms)
})

test('rows are waived and discarded for a reason, and all that is in the history and undone by number', async () => {
  const [negative] = await rows('--reason', 'amount: negative')
  const id = String(negative?.id)
  const waived = await json('waive', '--id', id, '--owner', 'Ann', '--reason', 'credit', '--until', '2023-06-30')
  expect(waived).toMatchObject({ operation_id: 1, rows: 1 })
  expect(await json('show', id)).toMatchObject({
    state: 'waived',
    is_waiting: true,
    waivers: [{ operation_id: 1, rules: ['amount: negative'], expires_on: '2023-06-30' }],
  })

  const unparsable = await rows('--reason', 'row: unparsable')
  const discarded = await json('discard', '--for', 'row: unparsable', '--reason', 'no data in them', '--replay')
  expect(discarded).toMatchObject({ operation_id: 2, rows: unparsable.length, run: { status: 'published' } })
  expect(await rows('--state', 'discarded')).toHaveLength(unparsable.length)
  // Just those rows were replayed.
  expect(await rows('--waiting')).toMatchObject([{ id: negative?.id }])

  expect(await json('history')).toMatchObject({
    total: 2,
    operations: [
      { operation_id: 2, kind: 'discard', reason: 'no data in them', is_waiting: false },
      { operation_id: 1, kind: 'waive', reason: 'credit', is_waiting: true },
    ],
  })
  await json('undo', '2', '--replay')
  expect(await rows('--reason', 'row: unparsable')).toHaveLength(unparsable.length)
  expect((await quarantine('undo', '2')).stderr).toContain('undone already, by operation 3')
  await json('undo', '1')
  expect(await rows('--waiting')).toEqual([])
  const { stdout } = await quarantine('history')
  expect(stdout).toMatch(/^ +1 .* undone by 4$/m)
})

test('a repair rule shows whom it would touch before it is adopted', async () => {
  expect(await json('rules')).toEqual({ offers: [] })
  const [row] = await rows('--reason', 'plan_type: accepted_values')
  const wrong = row?.cells['plan_type'] ?? ''
  const rule = ['--source', 'plans', '--field', 'plan_type', '--from', wrong, '--to', 'Medical']
  expect(await json('adopt', ...rule, '--preview')).toMatchObject({
    text: expect.stringContaining(wrong),
    rows: [{ id: row?.id, becomes_valid: true }],
    become_valid: 1,
  })
})

test('corrections are listed by how they stand; one in no conflict is not settled', async () => {
  const [row] = await rows('--reason', 'amount: negative')
  await json('fix', '--id', String(row?.id), '--set', 'amount=1.00')
  const { corrections } = await json<OutputOf<typeof quarantineMethods.corrections>>(
    ...['corrections', '--status', 'waiting'],
  )
  expect(corrections).toMatchObject([{ field: 'amount', new_value: '1.00', status: 'waiting' }])
  expect(await json('corrections', '--status', 'conflict')).toEqual({ corrections: [], total: 0, conflicts: 0 })
  const { code, stderr } = await quarantine('resolve', String(corrections[0]?.id), '--keep', 'source')
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('in no conflict') })
  await json('undo')
})

test('while the workbench is served the command line writes and replays beside it', async () => {
  const serve = await startServe(workspace)
  try {
    const [row] = await rows('--reason', 'amount: negative')
    const fixed = await json('fix', '--id', String(row?.id), '--set', 'amount=5.00', '--replay')
    expect(fixed).toMatchObject({ run: { status: 'published' } })
    expect(await json('undo', '--replay')).toMatchObject({ run: { status: 'published' } })
  } finally {
    await serve.stop()
  }
})

test('while a run is going on an edit is kept, and a replay says who is at work', async () => {
  const [row] = await rows('--reason', 'amount: negative')
  const lock = lockWorkspace(workspace, 'testing')
  try {
    const replay = await quarantine('replay')
    expect(replay).toMatchObject({ code: 3, stdout: '', stderr: expect.stringContaining(`process ${process.pid}`) })
    const { code, stdout, stderr } = await quarantine(
      ...['fix', '--id', String(row?.id), '--set', 'amount=5.00', '--replay', '--json'],
    )
    expect(code).toBe(3)
    const document = JSON.parse(stdout) as { operation_id: number }
    const kept = `Operation ${document.operation_id} is kept and waits for a replay.`
    expect(document).toMatchObject({ rows: 1, error: { code: 'WORKSPACE_LOCKED', saved: kept } })
    expect(stderr).toContain(kept)
  } finally {
    lock.release()
  }
  expect(await rows('--waiting')).toMatchObject([{ id: row?.id, state: 'corrected' }])
  expect(await json('replay')).toMatchObject({ run: { status: 'published' } })
  expect(await rows('--waiting')).toEqual([])
})

test('runs are listed with their kind', async () => {
  const { stdout } = await assayHere(['runs', 'list', '--workspace', workspace])
  expect(stdout).toMatch(/^ +1 .* feeds +\S+$/m)
  expect(stdout).toMatch(/^ +2 .* replay$/m)
  const shown = await assayHere(['runs', 'show', '2', '--workspace', workspace])
  expect(shown.stdout).toMatch(/^Run 2 published: .*, from the staged rows$/m)
})
