// What the metrics cost of a first run and of a delivery into it: runs with them and without, in turns.
// npm run -s bench:metrics [-- CLAIMS [TURNS]]
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { generateSample } from '../src/main/features/sample/generate-sample.ts'
import { loadSampleSpec } from '../src/main/features/sample/load-sample-spec.ts'
import type { runPipeline as RunPipeline } from '../src/main/pipeline/run/run-pipeline.ts'

const claims = Number(process.argv[2] ?? 1_000_000)
const turns = Number(process.argv[3] ?? 2)
const project = resolve(import.meta.dirname, '../resources/projects/benefits')
const jobThread = new URL('../src/main/hosts/engine/job-thread.ts', import.meta.url)
const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'))
const say = (what: string, figure: string) => process.stdout.write(`${what.padEnd(44)} ${figure}\n`)

// The same program once more, of which nothing measures: its modules go by another address.
const mark = '?without-metrics'
const recorder = 'export function createMetricsRecorder('
registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context)
    const isMarked = context.parentURL?.endsWith(mark) === true && found.url.startsWith('file:')
    return isMarked && found.url.endsWith('.ts') ? { ...found, url: found.url + mark } : found
  },
  load(url, context, next) {
    const loaded = next(url, context)
    if (!url.endsWith(`record-metrics.ts${mark}`)) return loaded
    const source = Buffer.from(loaded.source as Uint8Array).toString('utf8')
    const changed = source.replace(recorder, `${recorder}) { return measureNothing }\nfunction unused(`)
    if (changed === source) throw new Error('there is no recorder of metrics to leave out')
    return { ...loaded, source: changed }
  },
})

interface Cost {
  readonly seconds: number
  /** Of all threads. */
  readonly processor: number
}

async function run(pipeline: typeof RunPipeline, workspace: string, input: string): Promise<Cost> {
  const from = performance.now()
  const used = process.cpuUsage()
  const { status } = await pipeline(
    {
      kind: 'feeds',
      projectFolder: project,
      inputFolder: input,
      workspaceFolder: workspace,
      asOf: '2024-12-31',
      exportFolder: null,
      startedBy: 'bench',
      records: null,
    },
    { started() {}, progress() {}, log() {} },
    jobThread,
  )
  if (status !== 'published') throw new Error(`the run is ${status}`)
  const { user, system } = process.cpuUsage(used)
  return { seconds: (performance.now() - from) / 1000, processor: (user + system) / 1e6 }
}

/** One claim in a hundred, each with a later stamp and another amount. */
function laterDelivery(sample: string): string {
  const lines = readdirSync(sample)
    .filter((name) => /^claims.*\.csv$/.test(name))
    .flatMap((name) => readFileSync(join(sample, name), 'utf8').trimEnd().split('\n'))
  const [header = '', ...rows] = lines
  const columns = header.trim().split(',')
  const [amount, stamp] = [columns.indexOf('amount'), columns.indexOf('last_updated')]
  const changed = rows
    .map((row) => row.split(','))
    .filter((cells, index) => index % 100 === 0 && cells.length === columns.length)
    .map((cells, index) =>
      cells
        .with(amount, `${(index % 900) + 1}.13`)
        .with(stamp, '2024-12-30')
        .join(','),
    )
  const input = join(folder, 'later')
  mkdirSync(input)
  writeFileSync(join(input, 'claims_later.csv'), `${[header.trim(), ...changed].join('\n')}\n`)
  return input
}

const least = (costs: readonly Cost[]): Cost => ({
  seconds: Math.min(...costs.map(({ seconds }) => seconds)),
  processor: Math.min(...costs.map(({ processor }) => processor)),
})
const figure = ({ seconds, processor }: Cost) => `${seconds.toFixed(2)} s, processor ${processor.toFixed(2)} s`
const part = (more: number, less: number) => `${(100 * (more / less - 1)).toFixed(1)} %`

try {
  const sample = join(folder, 'sample')
  generateSample({ spec: loadSampleSpec(project), rows: claims, seed: 7, out: sample })
  const later = laterDelivery(sample)
  const address = new URL('../src/main/pipeline/run/run-pipeline.ts', import.meta.url).href
  const load = async (url: string) => ((await import(url)) as { runPipeline: typeof RunPipeline }).runPipeline
  const programs = [
    { name: 'with metrics', pipeline: await load(address) },
    { name: 'without', pipeline: await load(address + mark) },
  ]
  const costs = programs.map(() => ({ first: [] as Cost[], later: [] as Cost[] }))
  for (let turn = 0; turn < turns; turn += 1)
    for (const [at, { name, pipeline }] of programs.entries()) {
      const workspace = join(folder, `workspace-${at}`)
      const cost = { first: await run(pipeline, workspace, sample), later: await run(pipeline, workspace, later) }
      rmSync(workspace, { recursive: true })
      costs[at]?.first.push(cost.first)
      costs[at]?.later.push(cost.later)
      say(`${name}, first run`, figure(cost.first))
      say(`${name}, one claim in a hundred`, figure(cost.later))
    }
  const [withMetrics, without] = costs
  for (const which of ['first', 'later'] as const) {
    const [more, less] = [least(withMetrics?.[which] ?? []), least(without?.[which] ?? [])]
    say(
      `metrics cost of the ${which} run, at best`,
      `${part(more.seconds, less.seconds)}, processor ${part(more.processor, less.processor)}`,
    )
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
