import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createModelCompiler } from '../../../../src/main/pipeline/model/compile-model.ts'
import { countJoins } from '../../../../src/main/pipeline/model/joins/count-joins.ts'
import { findJoins } from '../../../../src/main/pipeline/model/joins/find-joins.ts'
import { markInputs } from '../../../../src/main/pipeline/model/joins/mark-inputs.ts'
import { loadProject } from '../../../../src/main/pipeline/project/load-project.ts'
import type { Model } from '../../../../src/main/pipeline/project/project.ts'
import { openConnection, type Connection } from '../../../../src/main/store/database.ts'
import { databasePathOf } from '../../../../src/main/store/open-workspace.ts'
import { isLiving } from '../../../../src/main/store/versioned-table.ts'
import { benefits, repository, runFeeds } from '../../../helpers/feeds.ts'

const project = loadProject(benefits)
const state = { condition: isLiving, asOf: 19_357 }
const compiler = createModelCompiler(project, state)
const some: Model = [...project.models.values()].find(({ name }) => name === 'mart_cost_spikes') as Model
let workspace: string
let connection: Connection

beforeAll(async () => {
  workspace = mkdtempSync(join(tmpdir(), 'assay-joins-'))
  await runFeeds({ input: join(repository, 'test/fixtures/messy/input'), workspace })
  connection = openConnection(databasePathOf(workspace), { readonly: true })
})
afterAll(() => {
  connection.close()
  rmSync(workspace, { recursive: true, force: true })
})

function counted(model: Model, limits: { readonly mostRows?: number; readonly deadline?: number } = {}) {
  const select = markInputs(project, model, compiler.asOf)
  const joins = findJoins(select.sql) ?? []
  const counter = { connection, project, model, select, mostRows: 1_000_000, deadline: Infinity, ...limits }
  const { counted: rows, problem } = countJoins(counter, joins, state)
  return { joins, rows, problem, named: joins.map(({ place, joined }) => `${place}: ${select.named(joined)}`) }
}

const rowsOf = (relation: string) => Number(connection.prepare(`SELECT count(*) FROM ${relation}`).pluck().get())
const withSql = (sql: string): Model => ({ ...some, sql, readsSources: ['feeds.claims'] })

test.each([...project.models.values()].map((model): [string, Model] => [model.name, model]))(
  'the joins of %s are all found and counted',
  (_, model) => {
    const { joins, rows, problem } = counted(model)
    expect(problem).toBe(null)
    expect(joins).toHaveLength(model.sql.match(/\bJOIN\b/g)?.length ?? 0)
    for (const { left, right, out } of rows) for (const side of [left, right, out]) expect(side?.isMore).toBe(false)
    // A SELECT that ends with its joins gives what its last one gives.
    if (joins.length > 0 && !/WHERE/.test(model.sql.slice(model.sql.lastIndexOf('JOIN'))))
      expect(rows.at(-1)?.out?.rows).toBe(rowsOf(`(${compiler.select(model)})`))
  },
)

test('both sides and what comes out, by the names that the author wrote', () => {
  const { rows, named } = counted(some)
  expect(named).toEqual(['the SELECT: int_company_enriched AS c'])
  const [windows, companies] = [rowsOf('fct_claims_rolling_90d'), rowsOf('int_company_enriched')]
  const all = (count: number) => ({ rows: count, isMore: false })
  expect(rows).toEqual([{ left: all(windows), right: all(companies), out: all(windows) }])
})

test('the names of several WITH clauses are known where they may be used, the inner ones first', () => {
  const model = withSql(`WITH a AS (SELECT 1 AS k UNION ALL SELECT 2), b AS (SELECT * FROM a)
    SELECT * FROM b JOIN (WITH a AS (SELECT 1 AS k) SELECT a.k FROM a JOIN b ON b.k = a.k) AS c ON c.k = b.k`)
  const { rows, named } = counted(model)
  expect(named).toEqual(['c: b', 'the SELECT: (a query) AS c'])
  expect(rows.map(({ left, right, out }) => [left?.rows, right?.rows, out?.rows])).toEqual([
    [1, 2, 1],
    [2, 1, 1],
  ])
})

test('counting ends where it is told to, by rows and by time', () => {
  const numbers = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)'
  const model = withSql(`${numbers} SELECT * FROM n AS a CROSS JOIN n AS b CROSS JOIN n AS c CROSS JOIN n AS d`)
  const { rows, problem } = counted(model, { mostRows: 5000 })
  expect(problem).toBe(null)
  expect(rows[0]).toEqual({
    left: { rows: 3000, isMore: false },
    right: { rows: 3000, isMore: false },
    out: { rows: 5000, isMore: true },
  })
  expect(rows[2]?.out).toEqual({ rows: 5000, isMore: true })
  const late = counted(model, { deadline: 0 })
  expect(late.rows).toEqual(late.joins.map(() => ({ left: null, right: null, out: null })))
  expect(late.problem).toBe('Counting took too long, so some joins were not counted.')
})

test('a join that finds nothing among very many rows is broken off', () => {
  const claims = "{{ source('feeds', 'claims') }}"
  const model = withSql(
    `SELECT 1 FROM ${claims} AS a JOIN ${claims} AS b ON a.amount < b.amount JOIN ${claims} AS c ON a.amount + b.amount + c.amount < -1`,
  )
  const { rows, problem } = counted(model, { deadline: performance.now() + 200 })
  expect(problem).toBe('Counting took too long, so some joins were not counted.')
  expect(rows.at(-1)?.out).toBe(null)
})

test('what a model may not read is not counted either, and the other joins are', () => {
  const { rows, problem } = counted(
    withSql(
      "SELECT 1 FROM {{ ref('fct_claims_rolling_90d') }} AS a, {{ ref('int_company_enriched') }} AS b, sqlite_schema",
    ),
  )
  expect(rows.map(({ out }) => out === null)).toEqual([false, true])
  expect(problem).toMatch(/^Some joins could not be counted by themselves: .*it reads/)
})
