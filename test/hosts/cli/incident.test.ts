import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { folderOf } from '../../helpers/feeds.ts'
import { strictProject } from '../../helpers/strict-project.ts'
import { assay } from './assay.ts'

const folder = mkdtempSync(join(tmpdir(), 'assay-incident-'))
afterAll(() => rmSync(folder, { recursive: true }))

const claims = (...lines: readonly string[]) =>
  folderOf({ 'claims.csv': ['claim_id,company_ein,service_date,amount,claim_type', ...lines, ''].join('\n') })

test('what broke, how to look closer and the ways out are told on the terminal', async () => {
  const at = ['--project', strictProject(), '--workspace', join(folder, 'workspace')]
  const run = (input: string) => assay(['run', ...at, '--as-of', '2022-12-31', '--input', input])
  await run(claims('C1,11-1111111,2022-01-01,5.00,Medical'))
  expect((await assay(['incident', ...at])).stdout).toContain('The latest run went well.')
  await run(claims('C1,11-1111111,2022-01-01,5.00,Medical', 'C2,11-1111111,2022-01-02,5000.00,Medical'))

  const { stdout } = await assay(['incident', ...at])
  expect(stdout).toContain('Run 2 was blocked')
  expect(stdout).toContain('The check stg_claims.amount_is_small failed: 1 failing row.')
  expect(stdout).toContain('assay profile stg_claims --run 2')
  expect(stdout).toContain('assay runs release 2 --reason TEXT')
  const document = JSON.parse((await assay(['incident', ...at, '--json'])).stdout) as { candidate_run: number }
  expect(document.candidate_run).toBe(2)

  const profile = await assay(['profile', 'stg_claims', '--run', '2', '--keys', ...at])
  expect(profile.code).toBe(0)
  for (const part of ['Rows in and out', 'Keys', 'Query plan']) expect(profile.stdout).toContain(part)
  expect((await assay(['profile', 'nothing', ...at])).code).toBe(2)

  await assay(['runs', 'release', '2', '--reason', 'a real bill', ...at])
  expect((await assay(['incident', ...at])).stdout).toMatch(/released run 2 +a real bill/)
}, 60_000)
