// How fast feeds become staged rows, beside DuckDB's read_csv with the same typing, on the same files, in the same minute.
// npm run -s bench [-- ROWS]
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { generateSample } from '../src/main/features/sample/generate-sample.ts'
import { loadSampleSpec } from '../src/main/features/sample/load-sample-spec.ts'
import { runPipeline } from '../src/main/pipeline/run/run-pipeline.ts'

const rounds = 3
const project = resolve(import.meta.dirname, '../resources/projects/benefits')
const jobThread = new URL('../src/main/hosts/engine/job-thread.ts', import.meta.url)

/** Types, normalises and splits like the claims contract: trimmed, null words, dates in all forms, amounts, EINs, accepted values. */
const duckdbIngest = (files: string) => `
  CREATE OR REPLACE TABLE judged AS
  SELECT *, claim_id IS NOT NULL AND ein IS NOT NULL AND day IS NOT NULL AND day <= DATE '2022-12-31' AND cents >= 0 AND type IS NOT NULL
    AND (last_updated IS NULL OR updated IS NOT NULL) AS is_valid
  FROM (
    SELECT claim_id, person_id, plan_id, status, last_updated,
      CASE WHEN regexp_full_match(company_ein, '\\d{2}-?\\d{7}') THEN regexp_replace(company_ein, '^(\\d{2})-?(\\d{7})$', '\\1-\\2') END AS ein,
      coalesce(
        try_strptime(left(service_date, 10), ['%Y-%m-%d', '%Y/%m/%d', '%Y%m%d', '%m/%d/%Y', '%m-%d-%Y']), try_strptime(service_date, '%d-%b-%Y')
      )::DATE AS day,
      try_cast(replace(replace(amount, '$', ''), ',', '') AS DECIMAL(18, 2)) AS cents,
      CASE WHEN lower(claim_type) IN ('medical', 'dental', 'vision', 'life', 'disability') THEN upper(left(claim_type, 1)) || lower(claim_type[2:]) END AS type,
      try_cast(last_updated AS TIMESTAMPTZ) AS updated
    FROM (
        SELECT nullif(trim(claim_id), '') AS claim_id, nullif(trim(person_id), '') AS person_id, nullif(trim(plan_id), '') AS plan_id,
          nullif(trim(status), '') AS status, nullif(trim(last_updated), '') AS last_updated, nullif(trim(company_ein), '') AS company_ein,
          nullif(trim(service_date), '') AS service_date, nullif(trim(amount), '') AS amount, nullif(trim(claim_type), '') AS claim_type
        FROM read_csv('${files}', all_varchar = true, header = true, union_by_name = true, ignore_errors = true, nullstr = ['', 'NULL', 'null', 'N/A', 'n/a', 'NaN', '-'])
    )
  );
  CREATE OR REPLACE TABLE staged AS SELECT * EXCLUDE (is_valid) FROM judged WHERE is_valid;
  CREATE OR REPLACE TABLE quarantine AS SELECT * FROM judged WHERE NOT is_valid`

async function measureOurs(input: string, workspace: string): Promise<{ rows: number; seconds: number }> {
  let startedAt = 0
  let seconds = 0
  let rows = 0
  await runPipeline(
    {
      kind: 'feeds',
      projectFolder: project,
      inputFolder: input,
      workspaceFolder: workspace,
      asOf: '2022-12-31',
      exportFolder: null,
      startedBy: 'bench',
      records: null,
    },
    {
      started: () => (startedAt = performance.now()),
      progress(progress) {
        rows = progress.rows_read
        if (progress.stage === 'modelling' && seconds === 0) seconds = (performance.now() - startedAt) / 1000
      },
      log: () => undefined,
    },
    jobThread,
  )
  return { rows, seconds }
}

async function measureDuckdb(files: string, path: string): Promise<number> {
  const instance = await DuckDBInstance.create(path, { threads: '2' })
  const connection = await instance.connect()
  const startedAt = performance.now()
  for (const statement of duckdbIngest(files).split(';')) await connection.run(statement)
  const seconds = (performance.now() - startedAt) / 1000
  connection.closeSync()
  instance.closeSync()
  return seconds
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'))
try {
  const rows = Number(process.argv[2] ?? 1_000_000)
  generateSample({ spec: loadSampleSpec(project), rows, seed: 7, out: join(folder, 'sample') })
  const input = join(folder, 'claims')
  mkdirSync(input)
  for (const name of readdirSync(join(folder, 'sample')))
    if (/^claims.*\.csv$/.test(name)) copyFileSync(join(folder, 'sample', name), join(input, name))
  const ours: number[] = []
  const theirs: number[] = []
  let read = 0
  for (let round = 0; round < rounds; round += 1) {
    const run = await measureOurs(input, join(folder, `workspace-${round}`))
    read = run.rows
    ours.push(run.seconds)
    theirs.push(await measureDuckdb(join(input, 'claims*.csv'), join(folder, `duckdb-${round}.db`)))
  }
  const [a, b] = [median(ours), median(theirs)]
  const line = (name: string, seconds: number) =>
    `${name.padEnd(10)} ${seconds.toFixed(2).padStart(7)} s  ${Math.round(read / seconds)
      .toLocaleString('en')
      .padStart(10)} rows/s`
  process.stdout.write(
    `${read.toLocaleString('en')} claims from CSV, median of ${rounds}, 2 threads each\n${line('Assay', a)}\n${line('DuckDB', b)}\nratio Assay / DuckDB ${(a / b).toFixed(2)}\n`,
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
}
