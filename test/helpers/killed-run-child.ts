import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { openWorkbench } from '../../src/main/pipeline/run/open-workbench.ts'
import { rollBack } from '../../src/main/pipeline/run/publish/roll-back.ts'
import { releaseCandidate } from '../../src/main/pipeline/run/publish/settle-candidate.ts'
import { runPipeline } from '../../src/main/pipeline/run/run-pipeline.ts'
import type { Assignment, Ended } from './killed-run.ts'
import { quarantineHandlersOf } from './quarantine-handlers.ts'

// A process that does one task and is killed before the given statement that it sends to SQLite, or copies its workspace before others;
// it says what it has sent.
type Counted = Database.Database | (Database.Statement & { readonly readonly: boolean })
type Call = (this: Counted, ...values: unknown[]) => unknown

const { task, killAt, copyAt, copies } = JSON.parse(process.argv[2] ?? '') as Assignment
const { workspaceFolder } = task.kind === 'run' ? task.request : task.site
const commits: number[] = []
let statements = 0
let publishing: number | null = null

/** Counts what goes through a method, notes what commits, and ends the process before the call that is meant. */
function count(prototype: object, name: string): void {
  const methods = prototype as Record<string, Call>
  const call = methods[name]
  if (call === undefined) throw new Error(`no method ${name}`)
  methods[name] = function counted(...values) {
    statements += 1
    if (statements === killAt) process.kill(process.pid, 'SIGKILL')
    // By another process: to close a file here would drop the locks that this one has on it.
    if (copyAt.includes(statements)) execFileSync('cp', ['-r', workspaceFolder, join(copies, String(statements))])
    const number = statements
    const [connection, sql] = 'database' in this ? [this.database, this.source] : [this, '']
    const wasInTransaction = connection.inTransaction
    const result: unknown = Reflect.apply(call, this, values)
    if (sql.startsWith('INSERT INTO assay_publication')) publishing = commits.length
    const isWrite = !('readonly' in this && 'database' in this && this.readonly)
    if (!connection.inTransaction && !connection.memory && (wasInTransaction || isWrite)) commits.push(number)
    return result
  }
}

const database = new Database(':memory:')
const statement = Object.getPrototypeOf(database.prepare('SELECT 1')) as object
count(Database.prototype, 'exec')
for (const name of ['run', 'get', 'all']) count(statement, name)

const silent = { started() {}, progress() {}, log() {} }
const jobThread = new URL('../../src/main/hosts/engine/job-thread.ts', import.meta.url)

async function work(): Promise<string> {
  if (task.kind === 'run') return (await runPipeline(task.request, silent, jobThread)).status
  const site = openWorkbench({ ...task.site, create: false })
  if (task.kind === 'fix') {
    const quarantine = quarantineHandlersOf(site)
    await quarantine.correct({ target: { filter: {} }, edit: task.edit, reason: '' })
    await quarantine.replay({ preview: false })
  } else {
    await (task.kind === 'roll' ? rollBack : releaseCandidate)(site, task.to, { who: 'test', reason: '' })
  }
  site.close()
  return 'published'
}

const status = await work()
const ended: Ended = { statements, commits, publishing: publishing === null ? -1 : (commits[publishing] ?? -1), status }
process.stdout.write(JSON.stringify(ended))
process.exit(0)
