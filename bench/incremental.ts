// What a delivery of 10,000 changed claims into 1,000,000 costs beside a full refresh of the same state, and what a rerun costs.
// npm run -s bench:incremental [-- CLAIMS [CHANGED]]
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { generateSample } from '../src/main/features/sample/generate-sample.ts'
import { loadSampleSpec } from '../src/main/features/sample/load-sample-spec.ts'
import { runPipeline } from '../src/main/pipeline/run/run-pipeline.ts'

const claims = Number(process.argv[2] ?? 1_000_000)
const changed = Number(process.argv[3] ?? 10_000)
const project = resolve(import.meta.dirname, '../resources/projects/benefits')
const readingThread = new URL('../src/main/hosts/engine/reading-thread.ts', import.meta.url)
const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'))
const say = (what: string, figure: string) => process.stdout.write(`${what.padEnd(64)} ${figure}\n`)

interface Cost {
  readonly seconds: number
  /** Of all threads. */
  readonly processor: number
}

const figure = ({ seconds, processor }: Cost) => `${seconds.toFixed(2)} s, processor ${processor.toFixed(2)} s`

async function run(workspace: string, input: string, fullRefresh?: true): Promise<Cost> {
  const from = performance.now()
  const used = process.cpuUsage()
  const { status } = await runPipeline(
    {
      kind: 'feeds',
      projectFolder: project,
      inputFolder: input,
      workspaceFolder: join(folder, workspace),
      asOf: '2024-12-31',
      exportFolder: null,
      startedBy: 'bench',
      records: null,
      ...(fullRefresh && { fullRefresh }),
    },
    { started() {}, progress() {}, log() {} },
    readingThread,
  )
  if (status !== 'published') throw new Error(`the run is ${status}`)
  const { user, system } = process.cpuUsage(used)
  return { seconds: (performance.now() - from) / 1000, processor: (user + system) / 1e6 }
}

/** Claims out of the whole sample, or of one company in twenty, each with another amount and a later stamp. */
function changedClaims(sample: string, isOfFew: boolean, day: string): string {
  const lines = readdirSync(sample)
    .filter((name) => /^claims.*\.csv$/.test(name))
    .flatMap((name) => readFileSync(join(sample, name), 'utf8').trimEnd().split('\n'))
  const [header = '', ...rows] = lines
  const columns = header.trim().split(',')
  const [amount, stamp, company] = ['amount', 'last_updated', 'company_ein'].map((name) => columns.indexOf(name))
  if (amount === undefined || stamp === undefined || company === undefined)
    throw new Error('the sample has other columns')
  const of = rows.filter((row) => {
    const cells = row.split(',')
    return cells.length === columns.length && (!isOfFew || Number(cells[company]?.replace('-', '')) % 20 === 0)
  })
  const step = Math.max(1, Math.floor(of.length / changed))
  const taken = of.filter((_, index) => index % step === 0)
  return [
    header.trim(),
    ...taken.slice(0, changed).map((row, index) => {
      const cells = row.split(',')
      cells[amount] = `${(index % 900) + 1}.13`
      cells[stamp] = `${day}T00:00:00Z`
      return cells.join(',')
    }),
  ].join('\n')
}

try {
  const sample = join(folder, 'sample')
  generateSample({ spec: loadSampleSpec(project), rows: claims, seed: 7, out: sample })
  const deliver = (name: string, content: string) => {
    mkdirSync(join(folder, name))
    writeFileSync(join(folder, name, `claims_${name}.csv`), `${content}\n`)
    return join(folder, name)
  }
  const few = deliver('few', changedClaims(sample, true, '2024-12-29'))
  const all = deliver('all', changedClaims(sample, false, '2024-12-30'))
  const first = await run('workspace', sample)
  say('first run', figure(first))
  say('the same input again', figure(await run('workspace', sample)))
  const what = `${changed.toLocaleString('en')} changed claims into ${claims.toLocaleString('en')}`
  const ofFew = await run('workspace', few)
  say(`${what}, of one company in twenty`, figure(ofFew))
  const ofAll = await run('workspace', all)
  say(`${what}, of all companies`, figure(ofAll))
  const refresh = await run('workspace', all, true)
  say('full refresh of the same state, from the archive', figure(refresh))
  for (const name of ['few', 'all'])
    copyFileSync(join(folder, name, `claims_${name}.csv`), join(sample, `claims_x_${name}.csv`))
  const fresh = await run('fresh', sample)
  say('the same state into an empty workspace', figure(fresh))
  const ratio = (one: Cost, other: Cost) =>
    `${(one.seconds / other.seconds).toFixed(1)} (processor ${(one.processor / other.processor).toFixed(1)})`
  say('full refresh / incremental, one company in twenty', ratio(refresh, ofFew))
  say('full refresh / incremental, all companies', ratio(refresh, ofAll))
  say('empty workspace / incremental, one company in twenty', ratio(fresh, ofFew))
  say('empty workspace / incremental, all companies', ratio(fresh, ofAll))
} finally {
  rmSync(folder, { recursive: true, force: true })
}
