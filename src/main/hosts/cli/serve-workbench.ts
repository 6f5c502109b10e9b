import { resolve } from 'node:path'
import { hostEntry } from './installation.ts'
import { passOn } from './pass-on.ts'

/** Serves the workbench until it is stopped; returns its exit code. It is a host of its own and so a process of its own. */
export function serveWorkbench(options: { project: string; workspace: string; port: number }): Promise<number> {
  return passOn(process.execPath, [
    hostEntry('web'),
    ...['--project', resolve(options.project)],
    ...['--workspace', resolve(options.workspace)],
    ...['--port', String(options.port)],
  ])
}
