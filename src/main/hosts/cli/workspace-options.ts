import type { Command } from 'commander'
import { builtInProject } from './installation.ts'
import { nonEmpty } from './options.ts'

/** What every command that looks into a workspace is told. */
export interface WorkspaceOptions {
  readonly project: string
  readonly workspace: string
  readonly json?: true
}

/** Adds `--workspace`, `--project` and `--json` to a command that looks into a workspace. */
export function addWorkspaceOptions(command: Command): Command {
  return addProjectOption(command)
    .option('--workspace <dir>', 'folder of the workspace', nonEmpty, 'workspace')
    .option('--json', 'print one JSON document')
}

/** The same where the workspace has to be named: for commands that change what it holds, and those beside them. */
export function addRequiredWorkspaceOptions(command: Command): Command {
  return addProjectOption(command)
    .requiredOption('--workspace <dir>', 'folder of the workspace', nonEmpty)
    .option('--json', 'print one JSON document')
}

/** Adds `--project`, which is the built-in one unless said otherwise. */
export function addProjectOption(command: Command): Command {
  return command.addOption(
    command
      .createOption('--project <dir>', 'folder of the project')
      .argParser(nonEmpty)
      .default(builtInProject, 'the built-in benefits project'),
  )
}
