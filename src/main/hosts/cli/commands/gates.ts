import type { Command } from 'commander'
import type { Gate, GateOverride } from '#features/gates'
import { gatesMethods } from '#features/gates'
import { collect, nonEmpty, wholeNumber } from '../options.ts'
import { printJson, printResult } from '../output/print.ts'
import { section, renderTable } from '../output/table.ts'
import { withEngine } from '../with-engine.ts'
import { addRequiredWorkspaceOptions, addWorkspaceOptions } from '../workspace-options.ts'
import type { WorkspaceOptions } from '../workspace-options.ts'

const runNumber = wholeNumber(1, Number.MAX_SAFE_INTEGER)

/** Adds `assay gates`: what was held before it was loaded, and letting it through. */
export function addGatesCommand(program: Command): void {
  const gates = program
    .command('gates')
    .description('the gates before deliveries: what they hold, and letting it through')
  addWorkspaceOptions(gates.command('list').description('what the gates said of the last deliveries'))
    .option('--limit <n>', 'of so many runs', wholeNumber(1, 500), 20)
    .action(listGates)
  addWorkspaceOptions(gates.command('show').description('what the gates said in one run'))
    .argument('<run>', 'number of the run', runNumber)
    .action(showGates)
  addRequiredWorkspaceOptions(
    gates.command('allow').description('let through what a run held: the next run of the same files passes'),
  )
    .argument('<run>', 'number of the run that was held', runNumber)
    .requiredOption('--reason <text>', 'why', nonEmpty)
    .option('--company <ein...>', 'only these of the companies that it held; may be given several times', collect)
    .option('--expected', 'it is a new level: the gates learn from it')
    .action(allow)
}

async function listGates(options: WorkspaceOptions & { readonly limit: number }): Promise<void> {
  const { limit } = options
  print(options, await withEngine(options, (engine) => engine.call(gatesMethods.list, { limit })))
}

async function showGates(runId: number, options: WorkspaceOptions): Promise<void> {
  print(options, await withEngine(options, (engine) => engine.call(gatesMethods.ofRun, { run_id: runId })))
}

async function allow(
  runId: number,
  options: WorkspaceOptions & {
    readonly reason: string
    readonly company?: readonly string[]
    readonly expected?: true
  },
): Promise<void> {
  const { reason, company: companies = null, expected } = options
  const input = { run_id: runId, reason, companies: companies?.slice() ?? null, expected: expected === true }
  const done = await withEngine(options, (engine) => engine.call(gatesMethods.allow, input))
  if (options.json) return printJson(done)
  const what = done.allowed
    .map(({ source, gate, company }) =>
      company === null ? `${source} (${gate})` : `${source} of ${company} (${gate})`,
    )
    .join(', ')
  const next = done.allowed.every(({ company }) => company !== null)
    ? 'The next run shows these companies as they were delivered.'
    : 'Run the same files again to load them.'
  printResult(`Let through: ${what}. ${next}`)
}

function print(
  options: WorkspaceOptions,
  answer: { readonly gates: readonly Gate[]; readonly overrides: readonly GateOverride[] },
): void {
  if (options.json) return printJson(answer)
  if (answer.gates.length === 0) return printResult('No delivery has come to a gate yet.')
  const lines = [
    renderTable(gateColumns, answer.gates.map(gateCells)),
    ...section('Let through', overrideColumns, answer.overrides.map(overrideCells)),
  ]
  printResult(lines.join('\n'))
}

const gateColumns = [
  { title: 'run', align: 'right' },
  { title: 'source' },
  { title: 'gate' },
  { title: 'company' },
  { title: 'status' },
  { title: 'what it says' },
] as const

function gateCells({ run_id: runId, source, gate, company, status, message }: Gate): readonly string[] {
  return [String(runId), source, gate, company ?? '', status, message]
}

const overrideColumns = [
  { title: 'run', align: 'right' },
  { title: 'source' },
  { title: 'gate' },
  { title: 'company' },
  { title: 'when' },
  { title: 'who' },
  { title: 'expected' },
  { title: 'reason' },
] as const

function overrideCells(one: GateOverride): readonly string[] {
  const { run_id: run, source, gate, company, at, who, expected, reason } = one
  return [String(run), source, gate, company ?? '', at, who, expected ? 'yes' : 'no', reason]
}
