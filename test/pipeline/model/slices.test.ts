import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createModelCompiler, type ModelCompiler } from '../../../src/main/pipeline/model/compile-model.ts'
import { guardSelect } from '../../../src/main/pipeline/model/guard-select.ts'
import type { Slice } from '../../../src/main/pipeline/model/slice-rows.ts'
import { addToSlice, countSlice, openSlice } from '../../../src/main/pipeline/model/slice.ts'
import { loadProject } from '../../../src/main/pipeline/project/load-project.ts'
import type { Model } from '../../../src/main/pipeline/project/project.ts'
import { openConnection, type Connection } from '../../../src/main/store/database.ts'
import { isLiving, isSeenBy, isSeenByInParts } from '../../../src/main/store/versioned-table.ts'
import { databasePathOf } from '../../../src/main/store/open-workspace.ts'
import { benefits, repository, runFeeds } from '../../helpers/feeds.ts'

const project = loadProject(benefits)
const state = { condition: isLiving, asOf: 19_357 }
const compiler = createModelCompiler(project, state)
const model = (name: string): Model => {
  const found = project.models.get(name)
  if (found === undefined) throw new Error(`no model ${name}`)
  return found
}
const companies: Slice = { columns: ['company_ein'], table: 'chosen', days: null }
const filter = '("company_ein") IN (SELECT "company_ein" FROM temp."chosen")'
const count = (text: string, part: string) => text.split(part).length - 1

describe('a slice is cut from what a model reads', () => {
  const narrowed = compiler.narrowed({ slice: companies })

  test('from every source that has the columns', () => {
    expect(count(narrowed.select(model('int_company_domain')), filter)).toBe(6)
    expect(narrowed.select(model('fct_claims_rolling_90d'))).toContain(
      `FROM "staged_claims" WHERE to_run IS NULL AND ${filter}`,
    )
  })

  test('through views of the same parts, and not from what has not the columns', () => {
    const select = narrowed.select(model('int_company_enriched'))
    expect(select).toContain(`FROM "staged_companies" WHERE to_run IS NULL AND ${filter}`)
    expect(select).toContain('FROM "company_enrichment" WHERE to_run IS NULL)')
  })

  test('from the rows of views of other parts', () => {
    expect(narrowed.relation('stg_claims')).toMatch(/^\(SELECT \* FROM \(\n[^]*\n\) WHERE \("company_ein"\) IN [^]*\)$/)
    expect(count(narrowed.relation('stg_claims'), filter)).toBe(1)
  })

  test('by those of the columns that something has', () => {
    const lines: Slice = { columns: ['company_ein', 'plan_type'], table: 'chosen', days: null }
    const select = compiler.narrowed({ slice: lines }).select(model('mart_plan_coverage_gaps'))
    expect(select).toContain(`FROM "int_company_enriched" WHERE to_run IS NULL AND ${filter}`)
    const both = '("company_ein", "plan_type") IN (SELECT "company_ein", "plan_type" FROM temp."chosen")'
    expect(select).toContain(`FROM "staged_plans" WHERE to_run IS NULL AND ${both}`)
  })

  test('not from what is only looked up', () => {
    const types: Slice = { columns: ['claim_id'], table: 'chosen', days: null }
    const select = compiler.narrowed({ slice: types }).select(model('stg_claims'))
    expect(select).toContain('FROM "int_claim_type_fence" WHERE to_run IS NULL)')
  })

  test('and nothing of the project may read the list of its values', () => {
    expect([...compiler.tablesRead(model('mart_cost_spikes'))]).toEqual([
      'fct_claims_rolling_90d',
      'int_company_enriched',
    ])
    expect(narrowed.tablesRead(model('mart_cost_spikes'))).toContain('temp.chosen')
  })
})

describe('over published rows', () => {
  let workspace: string
  let connection: Connection
  let slice: Slice

  beforeAll(async () => {
    workspace = mkdtempSync(join(tmpdir(), 'assay-slices-'))
    await runFeeds({ input: join(repository, 'test/fixtures/messy/input'), workspace })
    connection = openConnection(databasePathOf(workspace), { readonly: false })
  })
  afterAll(() => {
    connection.close()
    rmSync(workspace, { recursive: true, force: true })
  })

  const rows = (relation: string, where = '') =>
    connection
      .prepare(`SELECT * FROM ${relation} ${where}`)
      .all()
      .map((row) => JSON.stringify(row))
      .toSorted()

  test.each([...project.models.values()].filter((one) => one.partitionBy.length > 0).map((one) => one.name))(
    'a slice of %s has the rows that the whole has of it',
    (name) => {
      slice = openSlice(connection, project, model(name))
      const columns = slice.columns.join(', ')
      addToSlice(connection, slice, `SELECT ${columns} FROM ${compiler.relation(name)} ORDER BY ${columns} LIMIT 2`)
      const narrowed: ModelCompiler = compiler.narrowed({ slice })
      const inside = `WHERE (${columns}) IN (SELECT ${columns} FROM temp.${slice.table})`
      const expected = rows(`(${compiler.select(model(name))})`, inside)
      expect(expected.length).toBeGreaterThan(0)
      expect(rows(`(${narrowed.select(model(name))})`)).toEqual(expected)
      expect(rows(narrowed.relation(name))).toEqual(expected)
      const seen = compiler.narrowed({ condition: isSeenBy(1), slice })
      const seenInParts = compiler.narrowed({ condition: isSeenByInParts(1), slice })
      expect(rows(seenInParts.relation(name))).toEqual(rows(seen.relation(name)))
    },
  )

  test('only a slice that was granted may be read', () => {
    slice = openSlice(connection, project, model('fct_claims_rolling_90d'))
    const narrowed = compiler.narrowed({ slice })
    const select = narrowed.select(model('fct_claims_rolling_90d'))
    const guard = (granted: ReadonlySet<string>) => guardSelect(connection, select, granted, 'The model m', 'm.sql')
    expect(() => guard(narrowed.tablesRead(model('fct_claims_rolling_90d')))).not.toThrow()
    expect(() => guard(compiler.tablesRead(model('fct_claims_rolling_90d')))).toThrow(
      /it reads temp.affected_fct_claims_rolling_90d\w*, which it did not name/,
    )
  })

  test('a slice counts its values, and knows when one is null', () => {
    slice = openSlice(connection, project, model('fct_employee_roster'))
    expect(countSlice(connection, slice)).toBe(0)
    addToSlice(
      connection,
      slice,
      "SELECT '11-1111111' AS company_ein UNION ALL SELECT '11-1111111' UNION ALL SELECT 'x'",
    )
    expect(countSlice(connection, slice)).toBe(2)
    addToSlice(connection, slice, 'SELECT NULL AS company_ein')
    expect(countSlice(connection, slice)).toBe(null)
  })
})
