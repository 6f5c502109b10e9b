import type { Command } from 'commander'
import type { RunSummary } from '#features/runs'
import { runsMethods } from '#features/runs'
import { withEngine } from '../with-engine.ts'
import { commandText } from '../output/command-text.ts'
import { count, duration } from '../output/numbers.ts'
import { printJson, printResult } from '../output/print.ts'
import { printable } from '../output/printable.ts'
import { runSummary } from '../output/run-summary.ts'
import { renderTable, section } from '../output/table.ts'
import { wholeNumber } from '../options.ts'
import { addRequiredWorkspaceOptions, addWorkspaceOptions } from '../workspace-options.ts'
import type { WorkspaceOptions } from '../workspace-options.ts'
import { addLabelCommand } from './runs/label.ts'
import { addSettleCandidateCommands } from './runs/settle-candidate.ts'

/** Adds `assay runs`: what ran, and what came of it. */
export function addRunsCommand(program: Command): void {
  const runs = program.command('runs').description('what ran, and what came of it')
  addWorkspaceOptions(runs.command('list').description('the runs of a workspace, newest first'))
    .option('--limit <n>', 'how many', wholeNumber(1, 500), 100)
    .action(listRuns)
  addWorkspaceOptions(runs.command('show').description('one run: its books, models, checks and files'))
    .argument('<run>', 'number of the run', wholeNumber(1, Number.MAX_SAFE_INTEGER))
    .action(showRun)
  addRequiredWorkspaceOptions(
    runs.command('cancel').description('end a run that is going on; nothing of it is published'),
  )
    .argument('<run>', 'number of the run', wholeNumber(1, Number.MAX_SAFE_INTEGER))
    .action(cancelRun)
  addSettleCandidateCommands(runs)
  addLabelCommand(runs)
}

async function listRuns(options: WorkspaceOptions & { limit: number }): Promise<void> {
  const runs = await withEngine(options, (engine) => engine.call(runsMethods.list, { limit: options.limit }))
  if (options.json) printJson(runs)
  else if (runs.length === 0) printResult('There are no runs yet.')
  else printResult([renderTable(columns, runs.map(cells)), ...decisionLines(runs)].join('\n'))
}

async function showRun(runId: number, options: WorkspaceOptions): Promise<void> {
  const run = await withEngine(options, (engine) => engine.call(runsMethods.show, { run_id: runId }))
  if (options.json) printJson(run)
  else
    printResult(
      [runSummary(run), ...run.log.map((line) => printable(`${line.at} ${line.level} ${line.message}`))].join('\n'),
    )
}

async function cancelRun(runId: number, options: WorkspaceOptions): Promise<void> {
  const { status } = await withEngine(options, (engine) => engine.call(runsMethods.cancel, { run_id: runId }))
  if (options.json) printJson({ run_id: runId, status })
  else printResult(`Run ${runId} is ${status}. Go on with it: ${commandText('run --resume', options)}`)
}

const columns = [
  { title: 'run', align: 'right' },
  { title: 'status' },
  { title: 'as of' },
  { title: 'started' },
  { title: 'took', align: 'right' },
  { title: 'read', align: 'right' },
  { title: 'staged', align: 'right' },
  { title: 'quarantined', align: 'right' },
  { title: 'kind' },
  { title: 'input' },
] as const

function cells(run: RunSummary): readonly string[] {
  return [
    String(run.run_id),
    [run.status, ...(run.status === 'published' && run.held_parts > 0 ? ['in part'] : []), ...standingOf(run)].join(
      ', ',
    ),
    run.as_of,
    run.started_at,
    duration(run.seconds),
    count(run.rows_read),
    count(run.rows_staged),
    count(run.rows_quarantined),
    run.purpose.replace('_', ' '),
    run.input,
  ]
}

/** How a run stands beside the one that readers see, where that says more than its status. */
function standingOf(run: RunSummary): readonly string[] {
  if (run.is_current) return ['current']
  if (run.is_rolled_back) return ['rolled back']
  if (run.is_candidate) return ['candidate']
  if (run.is_set_aside) return ['set aside']
  if (run.discarded !== null) return [`discarded by ${run.discarded.who}`]
  if (run.is_superseded) return ['superseded']
  return run.is_undone && run.status === 'published' ? ['undone'] : []
}

const decisionColumns = [
  { title: 'when' },
  { title: 'who' },
  { title: 'what' },
  { title: 'run', align: 'right' },
  { title: 'instead of', align: 'right' },
  { title: 'why' },
] as const

/** When people themselves gave readers another run, the latest first. */
function decisionLines(runs: readonly RunSummary[]): readonly string[] {
  const decisions = runs
    .flatMap((run) => run.publications.map((publication) => ({ ...publication, run_id: run.run_id })))
    .filter(({ kind }) => kind !== 'publish')
    .toSorted((one, other) => (one.at < other.at ? 1 : -1))
  return section(
    'Rollbacks and releases',
    decisionColumns,
    decisions.map(({ at, who, kind, run_id, previous_run, reason }) => [
      at,
      who,
      kind,
      String(run_id),
      previous_run === null ? '' : String(previous_run),
      reason,
    ]),
  )
}
