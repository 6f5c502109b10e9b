import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OutputOf } from '../../../src/main/protocol/method.ts'
import type { modelsMethods } from '../../../src/main/features/models/protocol.ts'
import { repository, runFeeds } from '../../helpers/feeds.ts'
import { cents, namedRows, openLineage, type LineageWorld } from './lineage-world.ts'

const input = join(repository, 'test/fixtures/messy/input')
let workspace: string
let world: LineageWorld

beforeAll(async () => {
  workspace = mkdtempSync(join(tmpdir(), 'assay-lineage-'))
  await runFeeds({ input, workspace })
  world = openLineage(workspace)
})
afterAll(() => {
  world.workbench.close()
  rmSync(workspace, { recursive: true })
})

describe('a row of the fact or mart is what its rows upstream add up to, for every row of', () => {
  test('fct_claims_rolling_90d: the claims of the window and of the 90 days before', () => {
    const rows = world.rows('fct_claims_rolling_90d')
    expect(rows).toHaveLength(2625)
    for (const { key, cells } of rows) {
      const claims = namedRows(world.step('fct_claims_rolling_90d', key, 'fct_claims_rolling_90d', 'claims'))
      const isCurrent = (claim: (typeof claims)[number]) =>
        String(claim.cells['service_date']) >= String(cells['window_start'])
      const sum = (some: typeof claims) => some.reduce((total, claim) => total + cents(claim.cells['amount']), 0)
      const current = claims.filter(isCurrent)
      expect({
        claim_count: current.length,
        current: sum(current),
        previous: sum(claims.filter((claim) => !isCurrent(claim))),
      }).toEqual({
        claim_count: cells['claim_count'],
        current: cents(cells['current_90d_cost']),
        previous: cents(cells['prev_90d_cost']),
      })
    }
  })

  test('fct_employee_roster: the active employees', () => {
    const rows = world.rows('fct_employee_roster')
    expect(rows).toHaveLength(10)
    for (const { key, cells } of rows)
      expect(world.step('fct_employee_roster', key, 'fct_employee_roster', 'stg_employees').total).toBe(
        cells['observed'],
      )
  })

  test('mart_plan_coverage_gaps: the plans that cover a segment, or that a gap lies between', () => {
    const rows = world.rows('mart_plan_coverage_gaps')
    expect(rows).toHaveLength(226)
    for (const { key, cells } of rows) {
      const plans = namedRows(world.step('mart_plan_coverage_gaps', key, 'mart_plan_coverage_gaps', 'stg_plans'))
      const carriers = (some: typeof plans) =>
        [...new Set(some.map((plan) => String(plan.cells['carrier_name'])))].toSorted().join('|')
      if (cells['segment'] === 'covered') {
        expect(carriers(plans)).toBe(cells['carriers'])
        continue
      }
      const before = plans.filter((plan) => String(plan.cells['start_date']) < String(cells['segment_start']))
      const after = plans.filter((plan) => String(plan.cells['start_date']) > String(cells['segment_end']))
      expect(before.length + after.length).toBe(plans.length)
      expect(carriers(before)).toContain(cells['previous_carrier'])
      expect(carriers(after)).toContain(cells['next_carrier'])
    }
  })
})

test('every model is followed down to staged rows, and every step says how', () => {
  for (const model of world.workbench.project.models.values()) {
    // Most of its rows are about records that were not staged.
    if (model.name === 'validation_errors') continue
    for (const { key } of world.rows(model.name, 25)) {
      const { steps } = world.models.lineage({ name: model.name, key }) as OutputOf<typeof modelsMethods.lineage>
      expect(steps.map((step) => step.on)).not.toContain(null)
      expect(steps.map((step) => step.level)).toEqual(steps.map((step) => step.level).toSorted((a, b) => a - b))
      const staged = steps.filter((step) => step.layer === 'source').flatMap((step) => step.rows)
      expect(staged.length, `${model.name} ${JSON.stringify(key)}`).toBeGreaterThan(0)
      for (const row of staged) expect(row.staged?.row_id).toBe(`${row.staged?.file}:${row.staged?.line}`)
    }
  }
})

test('an export is followed through its mart to the claims, and to the look-up through the company', () => {
  const [spike] = world.rows('cost_spikes', 1)
  const { row, steps } = world.models.lineage({ name: 'cost_spikes', key: spike?.key ?? {} }) as OutputOf<
    typeof modelsMethods.lineage
  >
  expect(row.key).toEqual(spike?.key)
  expect(steps.filter((step) => step.total > 0).map(({ level, via, model }) => `${level} ${via} <- ${model}`)).toEqual([
    '1 cost_spikes <- mart_cost_spikes',
    '2 mart_cost_spikes <- fct_claims_rolling_90d',
    '2 mart_cost_spikes <- int_company_enriched',
    '3 int_company_enriched <- int_company_domain',
    '3 int_company_enriched <- company_enrichment',
    '3 fct_claims_rolling_90d <- claims',
    '4 company_enrichment <- int_company_domain',
    '4 int_company_domain <- company_lookup',
  ])
})

test('an error or warning leads to the row that it is about, where that was staged', () => {
  const staged = world.rows('validation_errors').map(({ key, cells }) => {
    const { steps } = world.models.lineage({ name: 'validation_errors', key }) as OutputOf<typeof modelsMethods.lineage>
    const rows = steps.flatMap((step) => step.rows.map((row) => `${step.model} ${row.staged?.row_id}`))
    const isWarning = cells['severity'] === 'warning'
    if (rows.length > 0) expect(rows).toEqual([`${String(cells['source'])} ${String(cells['row_id'])}`])
    if (rows.length > 0) expect(isWarning).toBe(true)
    return rows.length
  })
  expect(staged).toContain(1)
  expect(staged).toContain(0)
})

test('a state that has a candidate after it is followed to the same rows', () => {
  const { connection } = world.workbench
  const rows = world.rows('mart_plan_coverage_gaps', 20)
  const trace = () => rows.map(({ key }) => world.models.lineage({ name: 'mart_plan_coverage_gaps', key }))
  const before = trace()
  connection
    .prepare("INSERT INTO assay_run_table (run_id, table_name, first_version) VALUES (99, 'staged_plans', 1000000)")
    .run()
  expect(trace()).toEqual(before)
  connection.prepare('DELETE FROM assay_run_table WHERE run_id = 99').run()
})

test('the record of every staged row is the one at its place in its file', () => {
  const files = new Map<string, Buffer>()
  for (const source of world.workbench.project.contracts.keys()) {
    const rows = world.rows(source, 150)
    expect(rows.length).toBeGreaterThan(0)
    for (const { key, cells } of rows) {
      const record = world.models.record({ source, key }) as OutputOf<typeof modelsMethods.record>
      const bytes = files.get(record.file) ?? readFileSync(join(input, record.file))
      files.set(record.file, bytes)
      expect(record.row_id).toBe(cells['row_id'])
      expect(record.run_id).toBe(1)
      expect(new TextDecoder(record.encoding).decode(bytes.subarray(record.byte_offset)).startsWith(record.raw)).toBe(
        true,
      )
      for (const { field, raw_value: raw } of record.fields) expect(raw).toBe(record.cells[field] ?? null)
    }
  }
})

describe('a row is named by just its key', () => {
  test.each([
    ['NOT_FOUND', 'no_such_model', { company_ein: '11-1111111' }],
    ['NOT_FOUND', 'fct_employee_roster', { company_ein: '99-9999999' }],
    ['USAGE', 'fct_employee_roster', {}],
    ['USAGE', 'fct_employee_roster', { company_name: 'Company 0' }],
    ['USAGE', 'fct_claims_rolling_90d', { company_ein: '11-1111111', window_end: 'yesterday' }],
    ['USAGE', 'fct_claims_rolling_90d', { company_ein: '11-1111111', window_end: '2022-01-01', is_spike: 'true' }],
  ])('%s for %s', (code, name, key) => {
    expect(() => world.models.lineage({ name, key })).toThrow(expect.objectContaining({ name: 'AppError', code }))
  })
})
