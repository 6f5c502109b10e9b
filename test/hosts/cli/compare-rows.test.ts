import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { assayHere } from './assay-here.ts'

const folder = mkdtempSync(join(tmpdir(), 'assay-compare-'))
const workspace = join(folder, 'workspace')
const at = ['--workspace', workspace]
const header = 'claim_id,company_ein,service_date,amount,claim_type,last_updated\n'

beforeAll(async () => {
  const deliveries = [
    'C1,11-1111111,2022-01-01,5.00,Dental,\nC2,11-1111111,2022-01-02,6.00,Dental,\n',
    'C1,11-1111111,2022-01-01,7.50,Dental,2022-03-01\nC3,11-1111111,2022-01-03,=8,Dental,\nC4,11-1111111,2022-01-03,8.00,Dental,\n',
  ]
  for (const [index, rows] of deliveries.entries()) {
    writeFileSync(join(folder, `claims_${index}.csv`), header + rows)
    await assayHere(['run', '--input', folder, ...at, '--as-of', '2022-12-31'])
  }
})
afterAll(() => rmSync(folder, { recursive: true }))

const compare = (...args: string[]) => assayHere(['compare', '1', '2', ...at, ...args])

test('rows are compared: the classes, and the rows with old and new cells', async () => {
  const { code, stdout, stderr } = await compare('--model', 'stg_claims', '--rows')
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toMatch(/class +run 1 +run 2/)
  expect(stdout).toMatch(/added +1\n/)
  expect(stdout).toMatch(/changed +1 +1\n/)
  expect(stdout).toMatch(/unchanged +1 +1\n/)
  expect(stdout).toMatch(/all +2 +3\n/)
  expect(stdout).toMatch(/^~ claim_id C1, .*amount: 5\.00 -> 7\.50/m)
  expect(stdout).toMatch(/^\+ claim_id C4, .*amount 8\.00/m)
})

test('filters, limits and one JSON document', async () => {
  const { stdout } = await compare(
    '--model',
    'stg_claims',
    '--rows',
    '--json',
    '--class',
    'changed',
    '--column',
    'amount',
  )
  expect(JSON.parse(stdout)).toMatchObject({
    model: 'stg_claims',
    added: 1,
    changed: 1,
    total: 1,
    rows: [{ class: 'changed', key: { claim_id: 'C1' } }],
    file: null,
  })
  expect((await compare('--model', 'stg_claims', '--rows', '--limit', '1')).stdout).toMatch(/^ {2}1 more$/m)
})

test('all differences are written to CSV and XLSX', async () => {
  const csv = join(folder, 'out', 'differences.csv')
  expect((await compare('--model', 'stg_claims', '--rows', '--out', csv)).stdout).toContain(` cells to ${csv}`)
  const text = readFileSync(csv, 'utf8')
  expect(text).toMatch(/^class,claim_id,column,old,new\n/)
  expect(text).toContain('\nchanged,C1,amount,5.00,7.50\n')
  expect(text).toContain('\nadded,C4,amount,,8.00\n')
  const xlsx = join(folder, 'out', 'differences.xlsx')
  expect((await compare('--model', 'stg_claims', '--rows', '--out', xlsx)).code).toBe(0)
  expect(readFileSync(xlsx).subarray(0, 2).toString()).toBe('PK')
})

test('what cannot be compared is refused', async () => {
  expect(await assayHere(['compare', '1', '9', ...at, '--model', 'stg_claims', '--rows'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('Those that can be compared: 2, 1.'),
  })
  expect((await compare('--model', 'nothing', '--rows')).code).toBe(2)
  expect((await compare('--model', 'stg_claims', '--rows', '--column', 'nothing')).code).toBe(2)
  expect(await compare('--rows')).toMatchObject({ code: 2, stderr: expect.stringContaining('--model NAME --rows') })
})
