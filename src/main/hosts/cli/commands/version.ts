import type { Command } from 'commander'
import { printJson, printResult } from '../output/print.ts'

/** Adds `assay version`; `assay --version` is the same. */
export function addVersionCommand(program: Command): void {
  program
    .command('version')
    .description('the versions of Assay, of SQLite and of the schema of workspaces')
    .option('--json', 'print one JSON document')
    .action(printVersion)
  program.option('--version', 'the same as the command version')
}

async function printVersion({ json }: { readonly json?: true }): Promise<void> {
  // Loaded when needed: the native SQLite would slow the start of every other command.
  const { appVersion } = await import('../../../kernel/app-version.ts')
  const { storageVersions } = await import('../../../store/storage-versions.ts')
  const { sqlite, schema } = storageVersions()
  if (json) return printJson({ assay: appVersion(), sqlite, schema })
  printResult(`assay ${appVersion()} (SQLite ${sqlite}, schema ${schema})`)
}

/** `--version` in front as the command, since an option of commander cannot wait for what it loads. */
export function versionAsCommand(args: readonly string[]): readonly string[] {
  return args[0] === '--version' ? ['version', ...args.slice(1)] : args
}
