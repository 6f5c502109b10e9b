import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { QuarantineRow } from '../../../src/main/features/quarantine/protocol.ts'
import type { RunSummary } from '../../../src/main/features/runs/protocol.ts'
import { start } from './assay.ts'
import { assayHere } from './assay-here.ts'

const folder = mkdtempSync(join(tmpdir(), 'assay-commands-'))
const input = join(folder, 'feeds')
const workspace = join(folder, 'workspace')
const out = join(folder, 'out')

beforeAll(async () => {
  await assayHere(['sample', '--claims', '600', '--seed', '3', '--out', input])
  await assayHere(['run', '--input', input, '--workspace', workspace, '--as-of', '2022-12-31'])
})
afterAll(() => rmSync(folder, { recursive: true }))

async function json<Document>(...args: string[]): Promise<Document> {
  const { code, stdout, stderr } = await assayHere([...args, '--workspace', workspace, '--json'])
  if (code !== 0 || stderr !== '') throw new Error(`assay ${args.join(' ')} ended with ${code}: ${stderr}`)
  return JSON.parse(stdout) as Document
}

describe('a sample', () => {
  test('says which files it is made of, and is the same for the same seed', async () => {
    const again = join(folder, 'again')
    const { code, stdout, stderr } = await assayHere(['sample', '--claims', '600', '--seed', '3', '--out', again])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    for (const name of readdirSync(input)) {
      expect(stdout).toContain(` ${join(again, name)} `)
      expect(readFileSync(join(again, name))).toEqual(readFileSync(join(input, name)))
    }
  })
})

describe('runs', () => {
  test('are listed and shown', async () => {
    const runs = await json<RunSummary[]>('runs', 'list')
    expect(runs).toMatchObject([{ run_id: 1, status: 'published', is_current: true, input, as_of: '2022-12-31' }])
    expect(await json('runs', 'show', '1')).toMatchObject({ run_id: 1, sources: { claims: { rows_read: 600 } } })
    const { stdout } = await assayHere(['runs', 'list', '--workspace', workspace])
    expect(stdout).toMatch(/^ +1 +published, current +2022-12-31 /m)
  })

  test('that are not there are said to be so', async () => {
    const { code, stderr } = await assayHere(['runs', 'show', '99', '--workspace', workspace])
    expect(code).toBe(2)
    expect(stderr).toContain('no run 99')
  })
})

describe('the quarantine', () => {
  interface Page {
    rows: QuarantineRow[]
    total: number
  }

  test('is listed as far as was asked, and narrowed', async () => {
    const all = await json<Page>('quarantine', 'list', '--limit', '5000')
    expect(all.rows).toHaveLength(all.total)
    expect(all.total).toBeGreaterThan(5)
    expect((await json<Page>('quarantine', 'list', '--limit', '3')).rows).toEqual(all.rows.slice(0, 3))

    const first = all.rows[0]
    const reason = `${first?.reasons[0]?.field}: ${first?.reasons[0]?.rule}`
    const args = [
      '--source',
      first?.source ?? '',
      '--reason',
      reason,
      '--file',
      first?.file ?? '',
      '--text',
      first?.row_id ?? '',
    ]
    const some = await json<Page>('quarantine', 'list', ...args)
    expect(some.rows).toContainEqual(first)
    expect(some.total).toBeLessThan(all.total)
    expect((await json<Page>('quarantine', 'list', '--source', 'nothing')).rows).toEqual([])
  })

  test('shows a row with its text as delivered', async () => {
    const { rows } = await json<Page>('quarantine', 'list', '--source', 'claims')
    const row = rows.find(({ file }) => file.endsWith('.csv'))
    const shown = await json<{ raw: string }>('quarantine', 'show', String(row?.id))
    expect(readFileSync(join(input, row?.file ?? ''), 'latin1').split(/\r?\n/)[(row?.line ?? 0) - 1]).toBe(shown.raw)
    const { stdout } = await assayHere(['quarantine', 'show', String(row?.id), '--workspace', workspace])
    expect(stdout).toContain(row?.reasons[0]?.message)
  })

  test('says on stderr when there is more than it lists', async () => {
    const { stdout, stderr } = await assayHere(['quarantine', 'list', '--limit', '2', '--workspace', workspace])
    expect(stdout.trim().split('\n')).toHaveLength(3)
    expect(stderr).toMatch(/^2 of \d+ rows; --limit shows more\.$/m)
  })

  test('ends without a word when its reader leaves', async () => {
    const { child, ended } = start(['quarantine', 'list', '--limit', '5000', '--json', '--workspace', workspace])
    child.stdout.destroy()
    await expect(ended).rejects.toThrow('Premature close')
    expect(child.signalCode).toBeNull()
  })
})

describe('exports', () => {
  test('are written by name and form', async () => {
    const { files } = await json<{ files: { path: string; rows: number }[] }>(
      'export',
      'plan_gaps',
      'cost_spikes',
      '--out',
      out,
    )
    expect(files.map(({ path }) => path).toSorted()).toEqual([join(out, 'cost_spikes.csv'), join(out, 'plan_gaps.csv')])
    await json('export', 'plan_gaps', '--format', 'parquet', '--out', out)
    expect(readFileSync(join(out, 'plan_gaps.parquet')).subarray(0, 4).toString()).toBe('PAR1')
  })

  test('with a name that does not exist write nothing and name those that do', async () => {
    const elsewhere = join(folder, 'elsewhere')
    const { code, stderr } = await assayHere([
      'export',
      'plan_gaps',
      'gaps',
      '--out',
      elsewhere,
      '--workspace',
      workspace,
    ])
    expect(code).toBe(2)
    expect(stderr).toMatch(/named gaps .*There are .*plan_gaps/s)
    expect(existsSync(elsewhere)).toBe(false)
  })
})

describe('the doctor', () => {
  test('finds nothing in a sound workspace', async () => {
    expect(await json('doctor')).toMatchObject({ ok: true, findings: [], facts: { runs: 1, published_run: 1 } })
  })

  test('and no workspace where there is none', async () => {
    const nowhere = join(folder, 'nowhere')
    expect(await assayHere(['doctor', '--workspace', nowhere])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(nowhere),
    })
    expect(readdirSync(folder)).not.toContain('nowhere')
  })
})
