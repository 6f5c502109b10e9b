// How fast a person works on 1,000,000 staged claims with 50,000 held back: an edit, a replay, a bulk correction, lists and facets.
// npm run -s bench:repair [-- CLAIMS [HELD]]
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { generateSample } from '../src/main/features/sample/generate-sample.ts'
import { loadSampleSpec } from '../src/main/features/sample/load-sample-spec.ts'
import { quarantineMethods } from '../src/main/features/quarantine/protocol.ts'
import { createEngineService } from '../src/main/hosts/engine/create-engine-service.ts'
import { forkNodeProcess } from '../src/main/hosts/engine/fork-node-process.ts'
import { createTransport } from '../src/main/protocol/create-transport.ts'
import type { Transport } from '../src/main/protocol/transport.ts'

const claims = Number(process.argv[2] ?? 1_000_000)
// The sample brings the rest of the 50,000 rows that are held back in all.
const held = Number(process.argv[3] ?? 33_400)
const project = resolve(import.meta.dirname, '../resources/projects/benefits')

/** Claims of which every one breaks a rule, in four ways. */
function brokenClaims(count: number): string {
  const lines = ['claim_id,company_ein,service_date,amount,claim_type']
  for (let claim = 0; claim < count; claim += 1) {
    const day = claim % 4 === 0 ? '2022-13-01' : '2022-11-08'
    const amount = claim % 4 === 1 ? `${claim % 900}.5O` : claim % 4 === 2 ? '-12.00' : `${claim % 900}.50`
    const type = claim % 4 === 3 ? 'Medcial' : 'Medical'
    lines.push(
      `X${claim},${String(10 + (claim % 60)).padStart(2, '0')}-${String(1_000_000 + (claim % 2000))},${day},${amount},${type}`,
    )
  }
  return `${lines.join('\n')}\n`
}

const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'))
const seconds = (from: number) => (performance.now() - from) / 1000
const say = (what: string, figure: string) => process.stdout.write(`${what.padEnd(64)} ${figure}\n`)

/** Median and 95th percentile of repeated calls, in milliseconds. */
async function spread(times: number, call: (index: number) => Promise<unknown>): Promise<string> {
  const taken: number[] = []
  for (let index = 0; index < times; index += 1) {
    const from = performance.now()
    await call(index)
    taken.push(performance.now() - from)
  }
  const sorted = taken.toSorted((a, b) => a - b)
  const at = (share: number) => (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1)
  return `median ${at(0.5)} ms, p95 ${at(0.95)} ms`
}

async function work(engine: Transport, finished: (run: number) => Promise<unknown>): Promise<void> {
  const first = await engine.call(quarantineMethods.list, { limit: 1000 })
  say('held back', String(first.total))
  const facets = [
    {},
    { source: ['claims'] },
    { reason: ['amount: negative'] },
    { text: '2022-13' },
    { state: ['open' as const] },
  ]
  say(
    'facets',
    await spread(50, (index) => engine.call(quarantineMethods.facets, { filter: facets[index % facets.length] ?? {} })),
  )
  const page = (index: number) => ({
    offset: Math.floor((first.total * (index % 10)) / 10),
    limit: 200,
    filter: index % 2 === 0 ? {} : { reason: ['service_date: invalid_date'] },
  })
  say('a page of 200 rows', await spread(50, (index) => engine.call(quarantineMethods.list, page(index))))
  const idOf = (index: number) => first.rows[index % first.rows.length]?.id ?? 0
  say(
    'a row in full, with suggestions',
    await spread(50, (index) => engine.call(quarantineMethods.show, { id: idOf(index) })),
  )
  const check = (index: number) => engine.call(quarantineMethods.check, { id: idOf(index), cells: { amount: '12.00' } })
  say('an edit revalidated', await spread(50, check))

  const replay = async (ids: number[] | undefined) => {
    const from = performance.now()
    const { run_id: run } = await engine.call(quarantineMethods.replay, ids === undefined ? {} : { target: { ids } })
    await finished(run)
    return seconds(from)
  }
  const wrongDays = await engine.call(quarantineMethods.list, { filter: { value: ['2022-13-01'] }, limit: 100 })
  const ids = wrongDays.rows.map(({ id }) => id)
  await engine.call(quarantineMethods.correct, {
    target: { ids },
    edit: { kind: 'set', field: 'service_date', value: '2022-11-01' },
  })
  say(`replay of ${ids.length} rows, from the call to the published run`, `${(await replay(ids)).toFixed(2)} s`)

  const from = performance.now()
  const edit = { kind: 'suggestions', min_confidence: 0 } as const
  const preview = await engine.call(quarantineMethods.preview, { target: { filter: {} }, edit })
  say(`preview of a bulk correction of ${preview.rows} rows`, `${seconds(from).toFixed(2)} s`)
  const bulkFrom = performance.now()
  const made = await engine.call(quarantineMethods.correct, { target: { filter: {} }, edit })
  say(`bulk correction of ${made.rows} rows`, `${seconds(bulkFrom).toFixed(2)} s`)
  await replay(undefined)
  say('the same with its replay, published', `${seconds(bulkFrom).toFixed(2)} s`)
  const undoFrom = performance.now()
  await engine.call(quarantineMethods.undo, {})
  await replay(undefined)
  say('undo of it with its replay, published', `${seconds(undoFrom).toFixed(2)} s`)
}

const input = join(folder, 'feeds')
const workspaceFolder = join(folder, 'workspace')
try {
  generateSample({ spec: loadSampleSpec(project), rows: claims, seed: 1, out: input })
  writeFileSync(join(input, 'claims_2022-12-31_broken.csv'), brokenClaims(held))
  const { service, jobs, close } = createEngineService({
    projectFolder: project,
    workspaceFolder,
    create: true,
    host: { kind: 'cli', has_folder_dialog: false },
    fork: forkNodeProcess,
    log: () => undefined,
  })
  const from = performance.now()
  const { run_id: run } = await jobs.start({
    kind: 'feeds',
    projectFolder: project,
    inputFolder: input,
    workspaceFolder,
    asOf: '2022-12-31',
    exportFolder: null,
    startedBy: 'bench',
    records: null,
  })
  await jobs.finished(run)
  say(`first run of ${claims + held} claims`, `${seconds(from).toFixed(1)} s`)
  await work(createTransport(service), (id) => jobs.finished(id))
  close()
} finally {
  rmSync(folder, { recursive: true, force: true })
}
