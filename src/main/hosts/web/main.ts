import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { AppError, exitCodeOf } from '../../kernel/app-error.ts'
import { reportError } from '../../kernel/report-error.ts'
import { forkNodeProcess } from '../engine/fork-node-process.ts'
import { startEngine } from '../engine/start-engine.ts'
import { watchProcesses } from '../engine/watchdog.ts'
import { logFileOf, openLog } from '../engine/workspace-log.ts'
import { ensureRendererBuilt } from './ensure-renderer-built.ts'
import { errorText } from './error-text.ts'
import { startWebHost } from './start-web-host.ts'

// The process behind `assay serve`: its command line has been checked by the `assay` command, which starts it.
const { project, workspace, port } = parseArgs({
  options: {
    project: { type: 'string', default: '' },
    workspace: { type: 'string', default: '' },
    port: { type: 'string', default: '0' },
  },
}).values
const workspaceFolder = resolve(workspace)
const log = openLog(workspaceFolder, 'web')

const starter = Number(process.env['ASSAY_PARENT'])
delete process.env['ASSAY_PARENT']
if (starter > 0) watchProcesses([starter])

try {
  const rendererFolder = await ensureRendererBuilt()
  const folders = { projectFolder: resolve(project), workspaceFolder }
  const engine = await startEngine(
    { ...folders, host: { kind: 'web', has_folder_dialog: false } },
    forkNodeProcess,
    log,
  )
  const { url } = await startWebHost({ endpoint: engine, rendererFolder, port: Number(port) })
  // Closing is ending: the engine and its job watch for that, and no request is worth waiting for.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit())
  process.stdout.write(`Assay is at ${url}\n`)
} catch (error) {
  const report = reportError(error)
  if (!(error instanceof AppError))
    log('error', error instanceof Error ? (error.stack ?? error.message) : String(error))
  const details = report.code === 'INTERNAL' ? `\nThe details are in ${logFileOf(workspaceFolder)}.` : ''
  process.stderr.write(`${errorText(report)}${details}\n`)
  process.exit(exitCodeOf(report.code))
}
