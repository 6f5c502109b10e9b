import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { assayHere } from './assay-here.ts'

const folder = mkdtempSync(join(tmpdir(), 'assay-report-'))
const workspace = join(folder, 'workspace')
const at = ['--workspace', workspace]

beforeAll(async () => {
  const feeds = mkdtempSync(join(folder, 'feeds-'))
  writeFileSync(
    join(feeds, 'employees.csv'),
    'person_id,full_name,email,company_ein,start_date\nP1,Jane Sample,jane@sample.example,11-1111111,2022-13-01\n',
  )
  writeFileSync(
    join(feeds, 'claims.csv'),
    'claim_id,company_ein,service_date,amount,claim_type\nC1,11-1111111,2022-01-01,5.00,Dental\nC2,11-1111111,2022-01-01,x,Dental\n',
  )
  await assayHere(['run', '--input', feeds, ...at, '--as-of', '2022-12-31'])
})
afterAll(() => rmSync(folder, { recursive: true }))

const report = (...args: string[]) => assayHere(['report', ...args, ...at])

test('the published run is written as one file, whole', async () => {
  const out = join(folder, 'out', 'report.html')
  const { code, stdout, stderr } = await report('--out', out)
  expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: `The report of run 1 is in ${out}\n`, stderr: '' })
  const html = readFileSync(out, 'utf8')
  expect(html).toMatch(/^<!doctype html>/u)
  expect(html).toContain('Run 1, as of 2022-12-31')
  expect(html).not.toMatch(/jane|2022-13-01/iu)
  expect(readdirSync(join(folder, 'out'))).toEqual(['report.html'])
})

test('one JSON document; personal data when it is asked for, with a warning', async () => {
  const out = join(folder, 'open.html')
  const { code, stdout, stderr } = await report('1', '--out', out, '--show-personal', '--json')
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toEqual({ run_id: 1, path: out, show_personal: true })
  expect(stderr).toBe('It shows personal data: keep it accordingly.\n')
  expect(readFileSync(out, 'utf8')).toContain('2022-13-01')
})

test('what cannot be done is said clearly, and no file is left', async () => {
  const out = join(folder, 'none.html')
  expect(await report('9', '--out', out)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('There is no run 9 in the workspace.'),
  })
  expect(await report()).toMatchObject({ code: 2, stderr: expect.stringContaining('--out') })
  expect((await report('one', '--out', out)).code).toBe(2)
  expect((await assayHere(['report', '--out', out, '--workspace', join(folder, 'nowhere')])).code).toBe(2)
  // A folder that is a file.
  expect(await report('--out', join(workspace, 'workspace.db', 'r.html'))).toMatchObject({
    code: 3,
    stderr: expect.stringContaining('cannot be written'),
  })
  expect(readdirSync(folder)).not.toContain('none.html')
})

test('without a published run there is nothing to report on, but a run that was stopped can be', async () => {
  const feeds = mkdtempSync(join(folder, 'bad-'))
  writeFileSync(join(feeds, 'claims.csv'), 'Jane Sample,jane@sample.example\n1,2\n')
  const empty = join(folder, 'empty')
  const out = join(folder, 'blocked.html')
  await assayHere(['run', '--input', feeds, '--workspace', empty, '--as-of', '2022-12-31'])
  expect(await assayHere(['report', '--out', out, '--workspace', empty])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('Nothing is published yet'),
  })
  expect((await assayHere(['report', '1', '--out', out, '--workspace', empty])).code).toBe(0)
  const html = readFileSync(out, 'utf8')
  expect(html).toContain('Not published')
  expect(html).toContain('claims.csv lacks')
  expect(html).not.toMatch(/jane/iu)
})
