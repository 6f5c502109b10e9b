// How fast readers are given another run, in a workspace of 1,000,000 claims with 20,000 records that people decided about.
// npm run -s bench:rollback [-- CLAIMS [DECIDED]]
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { quarantineMethods } from '../src/main/features/quarantine/protocol.ts'
import { runsMethods } from '../src/main/features/runs/protocol.ts'
import { generateSample } from '../src/main/features/sample/generate-sample.ts'
import { loadSampleSpec } from '../src/main/features/sample/load-sample-spec.ts'
import { createEngineService } from '../src/main/hosts/engine/create-engine-service.ts'
import { forkNodeProcess } from '../src/main/hosts/engine/fork-node-process.ts'
import { createTransport } from '../src/main/protocol/create-transport.ts'

const claims = Number(process.argv[2] ?? 1_000_000)
const decided = Number(process.argv[3] ?? 20_000)
const project = resolve(import.meta.dirname, '../resources/projects/benefits')
const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'))
const say = (what: string, figure: string) => process.stdout.write(`${what.padEnd(64)} ${figure}\n`)

/** Claims of which every second has an amount that nobody can read. */
function laterClaims(): string {
  const lines = ['claim_id,company_ein,service_date,amount,claim_type']
  for (let claim = 0; claim < decided * 2; claim += 1)
    lines.push(`Y${claim},${String(10 + (claim % 60))}-0000001,2022-11-08,${claim % 2 === 0 ? 'x' : '7.00'},Medical`)
  return `${lines.join('\n')}\n`
}

const log = (level: string, message: string) => void process.stderr.write(`${level} ${message}\n`)
const feeds = join(folder, 'feeds')
generateSample({ spec: loadSampleSpec(project), rows: claims, seed: 1, out: feeds })
const later = mkdtempSync(join(folder, 'later-'))
writeFileSync(join(later, 'claims_later.csv'), laterClaims())
const { service, jobs, close } = createEngineService({
  projectFolder: project,
  workspaceFolder: join(folder, 'workspace'),
  create: true,
  host: { kind: 'cli', has_folder_dialog: false },
  fork: forkNodeProcess,
  log,
})
try {
  const engine = createTransport(service)
  const timed = async (what: string, work: () => Promise<unknown>) => {
    const from = performance.now()
    await work()
    say(what, `${((performance.now() - from) / 1000).toFixed(2)} s`)
  }
  const run = async (input: string) => {
    const { run_id: id } = await engine.call(runsMethods.start, { input, as_of: '2022-12-31' })
    await jobs.finished(id)
  }
  await timed(`the first run, ${claims} claims`, () => run(feeds))
  await timed(`the second run, ${decided * 2} claims`, () => run(later))
  await engine.call(quarantineMethods.correct, {
    target: { filter: { file: ['claims_later.csv'] } },
    edit: { kind: 'set', field: 'amount', value: '9.00' },
    reason: '',
  })
  await timed(`a replay of ${decided} corrections`, async () => {
    const { run_id: id } = await engine.call(quarantineMethods.replay, {})
    await jobs.finished(id)
  })
  for (const to of [2, 1, 3, 2])
    await timed(`readers are given run ${to}`, () => engine.call(runsMethods.rollback, { run_id: to, reason: '' }))
  say('records that wait again', String((await engine.call(quarantineMethods.waiting, {})).rows))
  await timed('a preview of a replay of one record, which sets run 3 aside', async () => {
    const { rows } = await engine.call(quarantineMethods.list, {
      filter: { state: ['corrected'] },
      offset: 0,
      limit: 1,
      sort: { column: 'id', direction: 'asc' },
    })
    const target = { ids: rows.map(({ id: record }) => record) }
    const { run_id: id } = await engine.call(quarantineMethods.replay, { target, preview: true })
    await jobs.finished(id)
  })
  for (const to of [3, 2])
    await timed(`readers are given run ${to}`, () => engine.call(runsMethods.rollback, { run_id: to, reason: '' }))
  await timed('the next run, which undoes what was rolled back', () => run(later))
} finally {
  close()
  rmSync(folder, { recursive: true, force: true })
}
