import { resolve } from 'node:path'
import type { Command } from 'commander'
import { AppError, exitCodeOf } from '../../../kernel/app-error.ts'
import type { Proof } from '../../../pipeline/run/diagnose/prove-workspace.ts'
import { nonEmpty } from '../options.ts'
import { count, duration } from '../output/numbers.ts'
import { printJson, printNotice, printResult } from '../output/print.ts'
import { printError } from '../output/print-error.ts'
import { printable } from '../output/printable.ts'
import { section } from '../output/table.ts'
import { addProjectOption } from '../workspace-options.ts'

interface DoctorOptions {
  readonly project: string
  readonly workspace: string
  readonly prove?: true
  readonly json?: true
}

/** Adds `assay doctor`: is the workspace whole, and is what it publishes what a full refresh gives? */
export function addDoctorCommand(program: Command): void {
  addProjectOption(program.command('doctor').description('examine a workspace for damage; changes nothing'))
    .requiredOption('--workspace <dir>', 'folder of the workspace', nonEmpty)
    .option('--prove', 'rebuild everything aside from the kept feeds and compare it with what is published')
    .option('--json', 'print one JSON document')
    .action(examine)
}

async function examine(options: DoctorOptions): Promise<void> {
  // Loaded when needed, so that help and mistakes do not wait for the database.
  const { diagnoseWorkspace } = await import('../../../pipeline/run/diagnose/diagnose-workspace.ts')
  const folder = resolve(options.workspace)
  const diagnosis = diagnoseWorkspace(folder)
  const proof = options.prove && diagnosis.ok ? await prove(options, folder) : null
  if (!diagnosis.ok || proof?.is_equal === false) process.exitCode = exitCodeOf('WORKSPACE_DAMAGED')
  if (options.json) return printJson(proof === null ? diagnosis : { ...diagnosis, ok: proof.is_equal, proof })
  const findings = diagnosis.findings.flatMap(({ severity, what, where, hint }) => [
    printable(`${severity}: ${what}`),
    printable(`  where: ${where}`),
    printable(`  next:  ${hint}`),
  ])
  printResult(findings.length === 0 ? `Nothing is wrong with the workspace ${printable(folder)}.` : findings.join('\n'))
  if (proof !== null) printProof(proof)
}

async function prove(options: DoctorOptions, workspaceFolder: string): Promise<Proof> {
  const { proveWorkspace } = await import('../../../pipeline/run/diagnose/prove-workspace.ts')
  const { entryUrl } = await import('../../engine/entry-url.ts')
  return proveWorkspace({
    projectFolder: resolve(options.project),
    workspaceFolder,
    jobThread: entryUrl('job-thread'),
    progress: (delivery, of) => printNotice(`Reading delivery ${delivery} of ${of} again.`),
  })
}

function printProof(proof: Proof): void {
  const { models, is_equal: isEqual, deliveries, run_id: run, seconds } = proof
  const rows = models.map(({ name, rows: own, rows_refreshed: other, sha256, is_equal: same }) => [
    name,
    count(own),
    count(other),
    sha256.slice(0, 16),
    same ? 'equal' : 'DIFFERENT',
  ])
  const columns = [
    { title: 'model' },
    { title: 'published', align: 'right' },
    { title: 'refreshed', align: 'right' },
    { title: 'hash' },
    { title: '' },
  ] as const
  printResult(section(`Run ${run} beside a full refresh of ${deliveries} deliveries`, columns, rows).join('\n'))
  printResult(`\nTook ${duration(seconds)}.`)
  if (isEqual) return
  const different = models.filter(({ is_equal: same }) => !same).map(({ name }) => name)
  printError(
    new AppError('WORKSPACE_DAMAGED', `A full refresh gives other rows of ${different.join(', ')}.`, {
      place: { table: different[0] ?? '' },
      saved: 'Nothing was changed.',
      hint: 'If the project changed since the last run, run the pipeline again; otherwise report this as a fault of Assay.',
    }),
  )
}
