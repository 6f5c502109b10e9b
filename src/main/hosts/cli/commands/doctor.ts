import { resolve } from 'node:path'
import type { Command } from 'commander'
import { exitCodeOf } from '../../../kernel/app-error.ts'
import { nonEmpty } from '../options.ts'
import { printJson, printResult } from '../output/print.ts'
import { printable } from '../output/printable.ts'

interface DoctorOptions {
  readonly workspace: string
  readonly json?: true
}

/** Adds `assay doctor`: is the workspace whole? */
export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('examine a workspace for damage; changes nothing')
    .requiredOption('--workspace <dir>', 'folder of the workspace', nonEmpty)
    .option('--json', 'print one JSON document')
    .action(examine)
}

async function examine(options: DoctorOptions): Promise<void> {
  // Loaded when needed, so that help and mistakes do not wait for the database.
  const { diagnoseWorkspace } = await import('../../../pipeline/run/diagnose-workspace.ts')
  const folder = resolve(options.workspace)
  const diagnosis = diagnoseWorkspace(folder)
  if (!diagnosis.ok) process.exitCode = exitCodeOf('WORKSPACE_DAMAGED')
  if (options.json) return printJson(diagnosis)
  const findings = diagnosis.findings.flatMap(({ severity, what, where, hint }) => [
    printable(`${severity}: ${what}`),
    printable(`  where: ${where}`),
    printable(`  next:  ${hint}`),
  ])
  printResult(findings.length === 0 ? `Nothing is wrong with the workspace ${printable(folder)}.` : findings.join('\n'))
}
