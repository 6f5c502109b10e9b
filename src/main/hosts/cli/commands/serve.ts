import type { Command } from 'commander'
import { nonEmpty, wholeNumber } from '../options.ts'
import { serveWorkbench } from '../serve-workbench.ts'
import { addProjectOption } from '../workspace-options.ts'

interface ServeOptions {
  readonly project: string
  readonly workspace: string
  readonly port: number
}

/** Adds `assay serve`: the workbench as a page for this machine's browsers. */
export function addServeCommand(program: Command): void {
  addProjectOption(program.command('serve').description('serve the workbench to a browser on this machine'))
    .requiredOption('--workspace <dir>', 'folder of the workspace', nonEmpty)
    .option('--port <n>', 'port on 127.0.0.1; any free one when 0', wholeNumber(0, 65_535), 0)
    .action(async (options: ServeOptions) => {
      process.exitCode = await serveWorkbench(options)
    })
}
