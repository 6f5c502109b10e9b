import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { checksHandlers } from '../../../src/main/features/checks/handlers.ts'
import { modelsHandlers } from '../../../src/main/features/models/handlers.ts'
import { openWorkbench } from '../../../src/main/pipeline/run/open-workbench.ts'
import { engineContext } from '../../helpers/engine-context.ts'
import { benefits, folderOf, runFeeds, temporaryFolder } from '../../helpers/feeds.ts'
import { strictProject } from '../../helpers/strict-project.ts'

/** A copy of the built-in project with more checks, each after the line of a model's file. */
function projectWith(checks: readonly (readonly [file: string, after: RegExp, check: string])[]): string {
  const folder = join(temporaryFolder(), 'benefits')
  cpSync(benefits, folder, { recursive: true })
  for (const [file, after, check] of checks) {
    const path = join(folder, 'models', file)
    writeFileSync(
      path,
      readFileSync(path, 'utf8').replace(after, (found) => found + check),
    )
  }
  return folder
}

function openFeatures(project: string, workspace: string) {
  const workbench = openWorkbench({ projectFolder: project, workspaceFolder: workspace, create: false })
  onTestFinished(() => workbench.close())
  const context = engineContext(workbench)
  return { checks: checksHandlers(context), models: modelsHandlers(context) }
}

const project = () =>
  projectWith([
    [
      'staging/models.yml',
      /- name: stg_claims\n[\s\S]*?\n {4}data_tests:\n/,
      '      - expression_is_true: { name: small, expression: amount <= 1000, config: { per: company_ein, error_if: "> 50%" } }\n',
    ],
    [
      'exports/models.yml',
      /- name: validation_errors\n[\s\S]*?description: File and line the row came from\.\n/,
      '        data_tests: [{ regex: { pattern: "^none", config: { severity: warn } } }]\n',
    ],
  ])

test('checks with their history, limits and held parts; failing rows page by page, with where they lead', async () => {
  const folder = project()
  const header = 'claim_id,company_ein,service_date,amount,claim_type'
  const feed = (lines: readonly string[]) => folderOf({ 'claims.csv': `${[header, ...lines].join('\n')}\n` })
  const workspace = temporaryFolder()
  const first = [
    'A1,11-1111111,2022-01-01,5.00,Dental',
    'B1,22-2222222,2022-01-01,5.00,Dental',
    'X,,2022-13-01,,Dental',
  ]
  await runFeeds({ input: feed(first), workspace, project: folder })
  // Two of three rows of the one company, one of two of the other: more than half of the rows of the first alone.
  const second = [
    'A1,11-1111111,2022-01-01,50.00,Dental',
    'A2,11-1111111,2022-01-02,60.00,Dental',
    'A3,11-1111111,2022-01-03,7.00,Dental',
    'B2,22-2222222,2022-01-02,80.00,Dental',
  ]
  const run = await runFeeds({ input: feed(second), workspace, project: folder })
  const { checks, models } = openFeatures(folder, workspace)

  const listed = await checks.list({})
  expect(listed).toMatchObject({ run_id: run.run_id, latest_run_id: run.run_id })
  expect(listed.held).toEqual([
    {
      column: 'company_ein',
      value: '11-1111111',
      check: 'stg_claims.small',
      source: null,
      since_run: 1,
      linked_to: null,
    },
  ])
  expect(run.held).toMatchObject([{ value: '11-1111111', since_run: 1 }])
  expect(listed.checks.find(({ name }) => name === 'stg_claims.small')).toMatchObject({
    kind: 'expression_is_true',
    status: 'fail',
    failures: 3,
    per: 'company_ein',
    threshold: 'warns > 0, fails > 50%',
    history: [
      { run_id: 1, status: 'pass', failures: 0 },
      { run_id: 2, status: 'fail', failures: 3 },
    ],
  })

  const page = (offset: number) => checks.failures({ run_id: 2, name: 'stg_claims.small', offset, limit: 2 })
  const rows = [...(await page(0)).rows, ...(await page(2)).rows]
  const byKey = new Map(rows.map((row) => [row.key['claim_id'], row]))
  expect(await page(0)).toMatchObject({ total: 3, model: 'stg_claims' })
  expect(new Set(byKey.keys())).toEqual(new Set(['A1', 'A2', 'B2']))
  // Readers see A1 as it was before, so the failing one is not the published one.
  expect([...byKey].map(([key, row]) => [key, row.is_published])).toEqual(
    expect.arrayContaining([
      ['A1', false],
      ['A2', false],
      ['B2', true],
    ]),
  )
  const held = await models.lineage({ name: 'stg_claims', key: { claim_id: 'A1' }, state: 'latest' })
  expect(held.row.cells).toContain('50.00')
  const seen = await models.lineage({ name: 'stg_claims', key: { claim_id: 'A1' } })
  expect(seen.row.cells).toContain('5.00')
  const record = await models.record({ source: 'claims', key: { claim_id: 'A2' }, state: 'latest' })
  expect(record.raw).toBe('A2,11-1111111,2022-01-02,60.00,Dental')

  const findings = await checks.failures({ run_id: 2, name: 'validation_errors.row_id.regex', offset: 0, limit: 100 })
  expect(findings.total).toBeGreaterThan(0)
  expect(findings.rows.every((row) => row.quarantine_id !== null)).toBe(true)
  expect(() => checks.failures({ run_id: 2, name: 'no.such', offset: 0, limit: 1 })).toThrow('has no check no.such')
})

test('a run that a check blocked stands in the history, and is told of beside the published one', async () => {
  const folder = strictProject()
  const header = 'claim_id,company_ein,service_date,amount,claim_type'
  const feed = (line: string) => folderOf({ 'claims.csv': `${header}\n${line}\n` })
  const workspace = temporaryFolder()
  await runFeeds({ input: feed('A1,11-1111111,2022-01-01,5.00,Dental'), workspace, project: folder })
  const { checks } = openFeatures(folder, workspace)
  expect(await checks.list({})).toMatchObject({ run_id: 1, later: null })

  await runFeeds({ input: feed('A2,11-1111111,2022-01-02,5000.00,Dental'), workspace, project: folder })
  const listed = await checks.list({})
  const message = '1 blocking check failed: stg_claims.amount_is_small (1 row).'
  expect(listed.later).toEqual({ run_id: 2, status: 'blocked', checks: listed.checks.length, failed: 1, message })
  expect(listed).toMatchObject({ run_id: 1, latest_run_id: 2, declared: listed.checks.length })
  expect(listed.checks.find(({ name }) => name === 'stg_claims.amount_is_small')).toMatchObject({
    status: 'pass',
    history: [
      { run_id: 1, status: 'pass', failures: 0, run_status: 'published' },
      { run_id: 2, status: 'fail', failures: 1, run_status: 'blocked' },
    ],
  })
})
