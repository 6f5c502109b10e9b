import type { Command } from 'commander'
import { openDesktop } from '../open-desktop.ts'
import { nonEmpty } from '../options.ts'
import { serveWorkbench } from '../serve-workbench.ts'
import { addProjectOption } from '../workspace-options.ts'

interface OpenOptions {
  readonly project: string
  readonly workspace: string
}

/** Adds `assay open`: the workbench in the form that this machine allows. */
export function addOpenCommand(program: Command): void {
  addProjectOption(
    program
      .command('open')
      .description('open the workbench: the desktop app, or a local web page where there is no display'),
  )
    .option('--workspace <dir>', 'folder of the workspace', nonEmpty, 'workspace')
    .action(async (options: OpenOptions) => {
      process.exitCode = (await openDesktop(options)) ?? (await serveWorkbench({ ...options, port: 0 }))
    })
}
