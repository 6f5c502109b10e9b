import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { OutputOf } from '../../../../src/main/protocol/method.ts'
import type { quarantineMethods, ReplayEffect } from '../../../../src/main/features/quarantine/protocol.ts'
import { openSession } from './session.ts'

const { folder, workspace, quarantine, json, rows, published } = openSession()

type Fixed = OutputOf<typeof quarantineMethods.correct> & {
  readonly run: { readonly run_id: number; readonly status: string; readonly sources: Record<string, object> }
  readonly effect: ReplayEffect
}

test('one row is found, corrected and replayed, a mart changes; undone and replayed, it is what it was', async () => {
  const [row] = await rows('--reason', 'amount: negative')
  const id = String(row?.id)
  const before = await published('cost_spikes')

  const fixed = await json<Fixed>('fix', '--id', id, '--set', 'amount=12.50', '--reason', 'sign', '--replay')
  expect(fixed).toMatchObject({ operation_id: 1, rows: 1, left_alone: [], become_valid: 1 })
  expect(fixed.run).toMatchObject({ run_id: 2, status: 'published' })
  expect(fixed.run.sources['claims']).toMatchObject({ rows_read: 0, released: 1, inserted: 1 })
  expect(fixed.run.sources['claims']).not.toHaveProperty('withdrawn')
  expect(fixed.effect.models.find(({ name }) => name === 'claims')).toMatchObject({ appeared: 1, vanished: 0 })
  expect(fixed.effect.models.find(({ name }) => name === 'mart_cost_spikes')).toMatchObject({ changed: 1 })
  expect(await published('cost_spikes')).not.toBe(before)
  expect(await rows('--reason', 'amount: negative')).toEqual([])
  expect(await rows('--state', 'released', '--reason', 'amount: negative')).toMatchObject([{ id: row?.id }])

  const undone = await json<Fixed>('undo', '--replay')
  expect(undone).toMatchObject({ operation_id: 2, undone: { operation_id: 1, reason: 'sign' }, waiting_ids: [row?.id] })
  expect(undone.run.sources['claims']).toMatchObject({ withdrawn: 1, quarantined: 1 })
  expect(undone.effect.models.find(({ name }) => name === 'claims')).toMatchObject({ appeared: 0, vanished: 1 })
  expect(await published('cost_spikes')).toBe(before)
  expect(await rows('--reason', 'amount: negative')).toEqual([
    { ...row, last_run: expect.any(Number), times_seen: expect.any(Number) },
  ])
})

test('many rows are changed by filter: previewed, then for real, and waiting until they are replayed', async () => {
  const filter = ['--source', 'claims', '--for', 'company_ein: invalid_ein', '--for', 'company_ein: not_null']
  const edit = ['--replace', 'company_ein', '--find', '^.*$', '--with', '11-1111111', '--regex']
  const held = await rows(
    '--source',
    'claims',
    '--reason',
    'company_ein: invalid_ein',
    '--reason',
    'company_ein: not_null',
  )
  expect(held.length).toBeGreaterThan(1)

  const shown = await json<OutputOf<typeof quarantineMethods.preview>>('fix', ...filter, ...edit, '--preview')
  expect(shown).toMatchObject({ rows: held.length, changed: held.length, become_valid: held.length, still_wrong: 0 })
  expect(shown.sample.map(({ id, after }) => ({ id, after }))).toEqual(
    held.map(({ id }) => ({ id, after: '11-1111111' })),
  )
  expect(await rows('--waiting')).toEqual([])

  const { stdout } = await quarantine('fix', ...filter, ...edit)
  expect(stdout).toMatch(new RegExp(`^Operation 3: ${held.length} rows corrected, ${held.length} of them`))
  expect((await rows('--waiting')).map(({ id, state }) => ({ id, state }))).toEqual(
    held.map(({ id }) => ({ id, state: 'corrected' })),
  )

  const preview = await json<Fixed>('replay', '--preview')
  expect(preview.run.status).toBe('cancelled')
  const released = { name: 'claims', appeared: held.length, vanished: 0, changed: 0 }
  expect(preview.effect.models).toContainEqual(expect.objectContaining(released))
  expect(await rows('--waiting')).toHaveLength(held.length)

  const text = await quarantine('replay', '--source', 'claims', '--rows', '1')
  expect(text.code).toBe(0)
  expect(text.stdout).toMatch(/^Run \d+ published: .*, from the staged rows$/m)
  expect(text.stdout).toMatch(new RegExp(`^Effect\n.*\n +claims +source +${held.length} +0 +0$`, 'm'))
  expect(await rows('--waiting')).toEqual([])
})

test('suggestions are shown, tried and taken', async () => {
  const [row] = await rows('--reason', 'plan_type: accepted_values')
  const id = String(row?.id)
  const { suggestions } = await json<OutputOf<typeof quarantineMethods.show>>('suggest', id)
  const [best] = suggestions
  expect(best).toMatchObject({ field: 'plan_type', new_value: 'Medical' })
  expect(await json('check', id, '--set', `plan_type=${best?.new_value}`)).toMatchObject({ is_valid: true })
  expect(await json('check', id, '--set', 'plan_type=nonsense')).toMatchObject({ is_valid: false, typed: [] })

  await json('fix', '--id', id, '--accept-suggestions', '0.5', '--field', 'plan_type')
  const { stdout } = await quarantine('show', id)
  expect(stdout).toMatch(/^Corrections\n.*\n +plan_type +\S+ +Medical /m)
  expect(await json('undo')).toMatchObject({ waiting_ids: [] })
})

test('variants of a value are found and made one', async () => {
  const { clusters } = await json<OutputOf<typeof quarantineMethods.clusters>>(
    ...['clusters', 'company_ein', '--method', 'levenshtein', '--state', 'open'],
  )
  const values = clusters[0]?.values.map(({ value }) => value) ?? []
  expect(values.length).toBeGreaterThan(1)
  const variant = values.find((value) => value !== clusters[0]?.suggested) ?? ''
  const merge = ['--merge', 'company_ein', '--from', variant, '--to', clusters[0]?.suggested ?? '']
  const merged = await json<OutputOf<typeof quarantineMethods.preview>>('fix', '--all', ...merge, '--preview')
  expect(merged.changed).toBeGreaterThan(0)
  expect(merged.sample[0]).toMatchObject({ before: variant, after: clusters[0]?.suggested })
})

test('rows are sent back to their source, and what it mended is taken and replayed', async () => {
  const { files } = await json<OutputOf<typeof quarantineMethods.sendBack>>(
    ...['export', '--reason', 'plan_type: accepted_values', '--format', 'csv', '--out', join(folder, 'mend')],
  )
  expect(files).toMatchObject([{ source: 'plans' }])
  const [row] = await rows('--reason', 'plan_type: accepted_values')
  const wrong = row?.cells['plan_type'] ?? ''
  const path = files[0]?.path ?? ''
  writeFileSync(path, readFileSync(path, 'utf8').replace(`|${wrong}|`, '|Medical|'))

  expect(await json('import', path, '--preview')).toMatchObject({ changed: 1, operation_id: null })
  const taken = await json<Fixed>('import', path, '--reason', 'mended', '--replay')
  expect(taken).toMatchObject({ changed: 1, become_valid: 1, run: { status: 'published' } })
  expect(taken.effect.models.find(({ name }) => name === 'plans')).toMatchObject({ appeared: 1 })
  expect(await json('import', path)).toMatchObject({ changed: 0, operation_id: null })
  expect((await quarantine('import', join(workspace, 'nothing.csv'))).code).toBe(2)
})
