// What it costs to compare two runs of a table row by row, beside DuckDB's full outer join on the same rows, in the same minute.
// npm run -s bench:compare [-- ROWS]
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import Database from 'better-sqlite3'
import type { ColumnType } from '../src/main/kernel/column-type.ts'
import { createComparisons } from '../src/main/pipeline/compare/comparisons.ts'
import type { ComparisonTask } from '../src/main/pipeline/compare/comparison-task.ts'
import { writeExport } from '../src/main/pipeline/export/write-export.ts'
import { changedVersions } from '../src/main/pipeline/run/comparison/changed-versions.ts'
import { isSeenBy } from '../src/main/store/versioned-table.ts'

const thread = new URL('../src/main/hosts/engine/comparison-thread.ts', import.meta.url)
const key = 'claim_id'
const columns = ['company', 'person', 'plan', 'day', 'amount', 'type', 'status', 'updated', 'row_id']
const all = [key, ...columns]
const wholeNumbers = ['day', 'amount', 'updated', 'headcount']
const typeOf = (name: string): ColumnType => (wholeNumbers.includes(name) ? 'integer' : 'text')

// Run 1 brings the rows, run 2 replaces all of them, run 3 one in a hundred.
const runs = [1, 2, 3]
const scenarios = {
  'nothing is equal': { before: 1, after: 2, isView: false, isByVersions: false },
  '1 % differ': { before: 2, after: 3, isView: false, isByVersions: false },
  '1 % differ, two views': { before: 2, after: 3, isView: true, isByVersions: false },
  '1 % differ, by versions': { before: 2, after: 3, isView: false, isByVersions: true },
} as const
type Scenario = keyof typeof scenarios

interface Cost {
  readonly seconds: number
  readonly processor: number
  readonly megabytes: number
  readonly changed: number
  /** Of the last page of changed rows, the first time that one so far down is read; 0 where that was not measured. */
  readonly pageMilliseconds: number
}

function fill(path: string, rows: number): void {
  const database = new Database(path)
  database.pragma('journal_mode = WAL')
  database.exec(`
    CREATE TABLE claims (version INTEGER PRIMARY KEY, from_run INTEGER NOT NULL, to_run INTEGER, ${all.map((name) => `${name} ${typeOf(name)}`).join(', ')});
    CREATE TABLE companies (company TEXT PRIMARY KEY, name TEXT, headcount INTEGER);
    CREATE TABLE assay_run_table (run_id INTEGER, table_name TEXT, first_version INTEGER);
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows})
    INSERT INTO claims SELECT NULL, 1, 2, printf('CLM-%08x', i * 2654435761 & 4294967295), printf('%02d-%07d', i % 90, i % 5000),
      printf('P%07d', i * 7 % 300000), printf('PL%05d', i % 20000), 18000 + i % 1500, i * 7919 % 1000000,
      CASE i % 3 WHEN 0 THEN 'Medical' WHEN 1 THEN 'Dental' ELSE 'Vision' END, 'paid', 1600000000000 + i * 1000, 'claims_2022.csv:' || i FROM n;
    INSERT INTO claims SELECT NULL, 2, CASE WHEN version % 100 = 0 THEN 3 END, claim_id, company, person, plan, day, amount + 1, type, status,
      updated + 1, row_id || 'b' FROM claims WHERE from_run = 1;
    INSERT INTO claims SELECT NULL, 3, NULL, claim_id, company, person, plan, day, amount + 1, type, status, updated + 1, row_id || 'c'
      FROM claims WHERE to_run = 3;
    INSERT INTO companies SELECT DISTINCT company, 'Company ' || company, 10 FROM claims;
    INSERT INTO assay_run_table SELECT from_run, 'claims', min(version) FROM claims GROUP BY from_run;
    CREATE INDEX claims_living ON claims (claim_id) WHERE to_run IS NULL;
    CREATE INDEX claims_closed ON claims (to_run) WHERE to_run IS NOT NULL`)
  database.close()
}

const viewOf = (relation: string) =>
  `(SELECT c.claim_id, c.company, upper(co.name) AS person, c.plan, c.day, c.amount * co.headcount AS amount,
    CASE WHEN c.type = 'Dental' THEN 'D' ELSE c.type END AS type, c.status, c.updated, c.row_id
  FROM ${relation} AS c LEFT JOIN companies AS co ON co.company = c.company)`

async function measureOurs(path: string, name: Scenario): Promise<Cost> {
  const { before, after, isView, isByVersions } = scenarios[name]
  const connection = new Database(path, { readonly: true })
  const relationOf = (run: number) => `(SELECT ${all.join(', ')} FROM claims WHERE ${isSeenBy(run)})`
  const side = (run: number) => ({
    sql: isView ? viewOf(relationOf(run)) : relationOf(run),
    countSql: null,
    expectedRows: null,
  })
  const sides = isByVersions
    ? changedVersions(connection, { name: 'claims', columns: all, key: [key] }, { before, after })
    : { before: side(before), after: side(after) }
  const column = (one: string) => ({ name: one, type: typeOf(one) })
  const task: ComparisonTask = {
    databasePath: path,
    ...sides,
    key: [column(key)],
    columns: columns.map(column),
    stamp: { sql: 'SELECT 1', value: 1 },
  }
  const comparisons = createComparisons(thread)
  const from = performance.now()
  comparisons.start(name, () => task)
  const { changed } = await comparisons.done(name)
  const cost = costSince(from, changed)
  const asked = performance.now()
  const filter = { class: 'changed', column: null } as const
  const page = await comparisons.page(name, { filter, offset: changed - 100, limit: 100 })
  if (page.length !== 100) throw new Error(`a page of ${page.length} rows`)
  comparisons.close()
  return { ...cost, pageMilliseconds: performance.now() - asked }
}

async function measureDuckdb(folder: string, name: Scenario): Promise<Cost> {
  const { before, after, isView } = scenarios[name]
  const instance = await DuckDBInstance.create(join(folder, 'duck.db'), { threads: '2' })
  const connection = await instance.connect()
  const relationOf = (run: number) => (isView ? viewOf(`run_${run}`) : `run_${run}`)
  const from = performance.now()
  await connection.run(`CREATE OR REPLACE TABLE difference AS
    SELECT coalesce(b.${key}, a.${key}) AS ${key}, b.${key} IS NULL AS is_added, a.${key} IS NULL AS is_removed,
      ${columns.map((one) => `b.${one} AS before_${one}, a.${one} AS after_${one}`).join(', ')}
    FROM ${relationOf(before)} AS b FULL OUTER JOIN ${relationOf(after)} AS a ON a.${key} = b.${key}
    WHERE a.${key} IS NULL OR b.${key} IS NULL OR ${columns.map((one) => `b.${one} IS DISTINCT FROM a.${one}`).join(' OR ')}
    ORDER BY 1`)
  const counted = await connection.runAndReadAll('SELECT count(*) FROM difference')
  const cost = costSince(from, Number(counted.getRows()[0]?.[0]))
  connection.closeSync()
  instance.closeSync()
  return cost
}

/** What this process, which does nothing else, has taken. */
function costSince(from: number, changed: number): Cost {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
  return {
    seconds: (performance.now() - from) / 1000,
    processor: (userCPUTime + systemCPUTime) / 1e6,
    megabytes: Math.round(maxRSS / 1024),
    changed,
    pageMilliseconds: 0,
  }
}

/** Gives DuckDB the same rows in its own format. */
async function fillDuckdb(folder: string, path: string): Promise<void> {
  const connection = new Database(path, { readonly: true })
  const instance = await DuckDBInstance.create(join(folder, 'duck.db'))
  const duckdb = await instance.connect()
  const give = async (name: string, names: readonly string[], from: string) => {
    const rows = connection
      .prepare(`SELECT ${names.join(', ')} FROM ${from}`)
      .raw()
      .iterate() as Iterable<unknown[]>
    const typed = names.map((one) => ({ name: one, type: typeOf(one) }))
    const written = writeExport({ folder, name, columns: typed, rows, format: 'parquet' })
    await duckdb.run(`CREATE TABLE ${name} AS SELECT * FROM read_parquet('${written.path}')`)
    rmSync(written.path)
  }
  await give('companies', ['company', 'name', 'headcount'], 'companies')
  for (const run of runs) await give(`run_${run}`, all, `claims WHERE ${isSeenBy(run)}`)
  duckdb.closeSync()
  instance.closeSync()
  connection.close()
}

const [first, folderOfParent, scenario] = process.argv.slice(2)
if (folderOfParent !== undefined && scenario !== undefined) {
  const name = scenario as Scenario
  const path = join(folderOfParent, 'rows.db')
  const cost = first === 'ours' ? await measureOurs(path, name) : await measureDuckdb(folderOfParent, name)
  process.stdout.write(JSON.stringify(cost))
} else {
  const rows = Number(first ?? 1_000_000)
  const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'))
  try {
    fill(join(folder, 'rows.db'), rows)
    await fillDuckdb(folder, join(folder, 'rows.db'))
    const measure = (who: 'ours' | 'duckdb', name: Scenario) =>
      JSON.parse(
        execFileSync(process.execPath, [import.meta.filename, who, folder, name], { encoding: 'utf8' }),
      ) as Cost
    process.stdout.write(
      `${rows.toLocaleString('en')} x ${rows.toLocaleString('en')} rows of ${all.length} columns, 2 threads for DuckDB\n`,
    )
    for (const name of Object.keys(scenarios) as Scenario[]) {
      const [ours, theirs] = [measure('ours', name), measure('duckdb', name)]
      if (ours.changed !== theirs.changed) throw new Error(`${ours.changed} changed rows, or ${theirs.changed}`)
      const line = (who: string, { seconds, processor, megabytes }: Cost) =>
        `  ${who.padEnd(8)} ${seconds.toFixed(2).padStart(6)} s  processor ${processor.toFixed(2).padStart(6)} s  peak ${megabytes} MB\n`
      process.stdout.write(
        `${name}: ${ours.changed.toLocaleString('en')} changed\n${line('Assay', ours)}${line('DuckDB', theirs)}  ratio Assay / DuckDB ${(ours.seconds / theirs.seconds).toFixed(2)}, last page in ${ours.pageMilliseconds.toFixed(0)} ms\n`,
      )
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
