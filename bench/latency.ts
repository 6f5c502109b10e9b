// What a person waits for: a run that is cancelled, and lists and facets of many quarantined rows, the last of them too.
// npm run -s bench:latency [-- CLAIMS [HELD]]
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { generateSample } from '../src/main/features/sample/generate-sample.ts'
import { loadSampleSpec } from '../src/main/features/sample/load-sample-spec.ts'
import { quarantineMethods } from '../src/main/features/quarantine/protocol.ts'
import { createEngineService } from '../src/main/hosts/engine/create-engine-service.ts'
import { forkNodeProcess } from '../src/main/hosts/engine/fork-node-process.ts'
import { createTransport } from '../src/main/protocol/create-transport.ts'

const claims = Number(process.argv[2] ?? 300_000)
const held = Number(process.argv[3] ?? 250_000)
const root = resolve(import.meta.dirname, '..')
const project = join(root, 'resources/projects/benefits')
const moments = [50, 200, 500, 1_000, 1_500, 2_000, 3_000, 4_000]

const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'))
const say = (what: string, figure: string) => process.stdout.write(`${what.padEnd(64)} ${figure}\n`)

async function timed(act: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await act()
  return performance.now() - from
}

function spread(times: readonly number[]): string {
  const sorted = times.toSorted((one, other) => one - other)
  const at = (share: number) => (sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(1)
  return `median ${at(0.5)} ms, longest ${at(1)} ms, of ${times.length}`
}

/** From Ctrl-C, `wait` ms after the run began to write, to the end of the command; null where the run was over before. */
async function cancelAfter(input: string, wait: number): Promise<number | null> {
  const workspace = mkdtempSync(join(folder, 'cancelled-'))
  const args = ['run', '--input', input, '--workspace', workspace, '--as-of', '2022-12-31']
  const child = spawn(process.execPath, [join(root, 'bin/assay.mjs'), ...args], { cwd: root, stdio: 'ignore' })
  const ended = once(child, 'exit')
  while (!existsSync(join(workspace, 'workspace.db')) && child.exitCode === null) await sleep(5)
  await sleep(wait)
  if (child.exitCode !== null) return null
  const milliseconds = await timed(async () => {
    child.kill('SIGINT')
    await ended
  })
  // Published just before the signal came, where it is 0.
  if (child.exitCode !== 130 && child.exitCode !== 0) throw new Error(`the run ended with ${child.exitCode}`)
  return child.exitCode === 130 ? milliseconds : null
}

async function measureCancelling(): Promise<void> {
  const input = join(folder, 'feeds')
  generateSample({ spec: loadSampleSpec(project), rows: claims, seed: 1, out: input })
  const taken: number[] = []
  for (const wait of moments) {
    const milliseconds = await cancelAfter(input, wait)
    if (milliseconds !== null) taken.push(milliseconds)
  }
  say(`Ctrl-C in a run of ${claims} claims, until the command ends`, spread(taken))
}

async function measureLists(): Promise<void> {
  const input = join(folder, 'broken')
  mkdirSync(input)
  const rows = Array.from({ length: held }, (_, claim) =>
    claim % 2 === 0
      ? `B${claim},11-1111111,2022-13-01,10.00,Medical`
      : `B${claim},11-1111111,2022-03-01,${claim}.2.3,Medical`,
  )
  writeFileSync(join(input, 'claims.csv'), `claim_id,company_ein,service_date,amount,claim_type\n${rows.join('\n')}\n`)
  const workspaceFolder = join(folder, 'held')
  const { service, jobs, close } = createEngineService({
    projectFolder: project,
    workspaceFolder,
    create: true,
    host: { kind: 'cli', has_folder_dialog: false },
    fork: forkNodeProcess,
    log: () => undefined,
  })
  const asked = { inputFolder: input, asOf: '2022-12-31', exportFolder: null, startedBy: 'bench', records: null }
  const run = await jobs.start({ kind: 'feeds', projectFolder: project, workspaceFolder, ...asked })
  await jobs.finished(run.run_id)
  const engine = createTransport(service)
  const repeat = async (act: () => Promise<unknown>) => {
    const times: number[] = []
    for (let time = 0; time < 20; time += 1) times.push(await timed(act))
    return spread(times)
  }
  const { total } = await engine.call(quarantineMethods.list, { limit: 1 })
  const limit = 200
  for (const [which, offset] of Object.entries({ first: 0, middle: Math.floor(total / 2), last: total - limit }))
    say(
      `the ${which} ${limit} of ${total} quarantined rows`,
      await repeat(() => engine.call(quarantineMethods.list, { offset: Math.max(0, offset), limit })),
    )
  say(`facets of ${total} quarantined rows`, await repeat(() => engine.call(quarantineMethods.facets, {})))
  close()
}

try {
  await measureCancelling()
  await measureLists()
} finally {
  rmSync(folder, { recursive: true, force: true })
}
