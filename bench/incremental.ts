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
const jobThread = new URL('../src/main/hosts/engine/job-thread.ts', import.meta.url)
const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'))
const say = (what: string, figure: string) => process.stdout.write(`${what.padEnd(64)} ${figure}\n`)

interface Cost {
  /** Until readers see the run. */
  readonly published: number
  /** Until it is measured too. */
  readonly seconds: number
  /** Of all threads. */
  readonly processor: number
}

const figure = ({ published, seconds, processor }: Cost) =>
  `published in ${published.toFixed(2)} s, ended in ${seconds.toFixed(2)} s, processor ${processor.toFixed(2)} s`

async function run(workspace: string, input: string, fullRefresh?: true): Promise<Cost> {
  const from = performance.now()
  const used = process.cpuUsage()
  let published = 0
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
    {
      started() {},
      progress({ stage }) {
        if (stage === 'measuring') published = (performance.now() - from) / 1000
      },
      log() {},
    },
    jobThread,
  )
  if (status !== 'published') throw new Error(`the run is ${status}`)
  const { user, system } = process.cpuUsage(used)
  return { published, seconds: (performance.now() - from) / 1000, processor: (user + system) / 1e6 }
}

type Which = 'few' | 'recent' | 'all'

/** Claims out of the whole sample, of one company in twenty, or of its last two months, each with another amount and a later stamp. */
function changedClaims(sample: string, which: Which, day: string): string {
  const lines = readdirSync(sample)
    .filter((name) => /^claims.*\.csv$/.test(name))
    .flatMap((name) => readFileSync(join(sample, name), 'utf8').trimEnd().split('\n'))
  const [header = '', ...rows] = lines
  const columns = header.trim().split(',')
  const [amount, stamp, company, service] = ['amount', 'last_updated', 'company_ein', 'service_date'].map((name) =>
    columns.indexOf(name),
  )
  if (amount === undefined || stamp === undefined || company === undefined || service === undefined)
    throw new Error('the sample has other columns')
  const isMeant = {
    few: (cells: readonly string[]) => Number(cells[company]?.replace('-', '')) % 20 === 0,
    recent: (cells: readonly string[]) => /^2022-1[12]-/.test(cells[service] ?? ''),
    all: () => true,
  }[which]
  const of = rows.filter((row) => {
    const cells = row.split(',')
    return cells.length === columns.length && isMeant(cells)
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
  const kinds = [
    { which: 'few', words: 'of one company in twenty', day: '2024-12-28' },
    { which: 'recent', words: 'of all companies, of two months', day: '2024-12-29' },
    { which: 'all', words: 'of all companies, of all days', day: '2024-12-30' },
  ] as const
  const deliveries = kinds.map((kind) => ({
    ...kind,
    input: deliver(kind.which, changedClaims(sample, kind.which, kind.day)),
  }))
  const first = await run('workspace', sample)
  say('first run', figure(first))
  say('the same input again', figure(await run('workspace', sample)))
  const what = `${changed.toLocaleString('en')} changed claims into ${claims.toLocaleString('en')}`
  const costs: { readonly words: string; readonly cost: Cost }[] = []
  for (const { words, input } of deliveries) {
    const cost = await run('workspace', input)
    say(`${what}, ${words}`, figure(cost))
    costs.push({ words, cost })
  }
  const refresh = await run('workspace', deliveries.at(-1)?.input ?? sample, true)
  say('full refresh of the same state, from the archive', figure(refresh))
  for (const [index, { which }] of deliveries.entries())
    copyFileSync(join(folder, which, `claims_${which}.csv`), join(sample, `claims_x${index}_${which}.csv`))
  const fresh = await run('fresh', sample)
  say('the same state into an empty workspace', figure(fresh))
  const ratio = (one: Cost, other: Cost) =>
    `published ${(one.published / other.published).toFixed(1)}, ended ${(one.seconds / other.seconds).toFixed(1)}, processor ${(one.processor / other.processor).toFixed(1)}`
  for (const { words, cost } of costs) {
    say(`full refresh / incremental, ${words}`, ratio(refresh, cost))
    say(`empty workspace / incremental, ${words}`, ratio(fresh, cost))
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
