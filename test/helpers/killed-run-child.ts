import Database from 'better-sqlite3'
import { openWorkbench } from '../../src/main/pipeline/run/open-workbench.ts'
import { rollBack } from '../../src/main/pipeline/run/publish/roll-back.ts'
import { releaseCandidate } from '../../src/main/pipeline/run/publish/settle-candidate.ts'
import { runPipeline } from '../../src/main/pipeline/run/run-pipeline.ts'
import type { RunRequest } from '../../src/main/pipeline/run/run-request.ts'

// A process that does one run, or gives readers another one, or releases one, and is killed before the given statement that it sends to SQLite; it says how many it has sent.
interface Task {
  readonly request:
    | RunRequest
    | {
        readonly projectFolder: string
        readonly workspaceFolder: string
        readonly to: number
        readonly by: 'roll' | 'release'
      }
  readonly killAt: number | null
}
type Call = (this: unknown, ...values: unknown[]) => unknown

const { request, killAt } = JSON.parse(process.argv[2] ?? '') as Task
let statements = 0

/** Counts what goes through a method, and ends the process before the call that is meant. */
function count(prototype: object, name: string): void {
  const methods = prototype as Record<string, Call>
  const call = methods[name]
  if (call === undefined) throw new Error(`no method ${name}`)
  methods[name] = function counted(...values) {
    statements += 1
    if (statements === killAt) process.kill(process.pid, 'SIGKILL')
    return Reflect.apply(call, this, values)
  }
}

const database = new Database(':memory:')
const statement = Object.getPrototypeOf(database.prepare('SELECT 1')) as object
count(Database.prototype, 'exec')
for (const name of ['run', 'get', 'all']) count(statement, name)

async function work(): Promise<string> {
  if ('to' in request) {
    const site = openWorkbench({ ...request, create: false })
    await (request.by === 'roll' ? rollBack : releaseCandidate)(site, request.to, { who: 'test', reason: '' })
    site.close()
    return 'published'
  }
  const { status } = await runPipeline(
    request,
    { started() {}, progress() {}, log() {} },
    new URL('../../src/main/hosts/engine/job-thread.ts', import.meta.url),
  )
  return status
}

const status = await work()
process.stdout.write(JSON.stringify({ statements, status }))
process.exit(0)
