import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { HeldPart } from '#protocol/held-part'
import type { OutputOf } from '#protocol/method'
import type { Check, FailingRow, UnitTestResult } from '#features/checks'
import { checksMethods } from '#features/checks'
import { AppError } from '../../../kernel/app-error.ts'
import type { Transport } from '../../../protocol/transport.ts'
import { nonEmpty, wholeNumber } from '../options.ts'
import { commandText } from '../output/command-text.ts'
import { count } from '../output/numbers.ts'
import { printJson, printNotice, printResult } from '../output/print.ts'
import { printable } from '../output/printable.ts'
import { renderTable, section } from '../output/table.ts'
import { withEngine } from '../with-engine.ts'
import { addProjectOption, addWorkspaceOptions } from '../workspace-options.ts'
import type { WorkspaceOptions } from '../workspace-options.ts'
import { addSuggestCommand } from './compare/suggest.ts'
import { readPages } from './quarantine/read-pages.ts'

const runNumber = wholeNumber(1, Number.MAX_SAFE_INTEGER)

/** Adds `assay checks`: what is checked before a run is published, and what came of it. */
export function addChecksCommand(program: Command): void {
  const checks = program.command('checks').description('checks of the models, the rows that fail them, and unit tests')
  addWorkspaceOptions(checks.command('list').description('the checks of the published run'))
    .option('--run <n>', 'of another run', runNumber)
    .action(listChecks)
  addWorkspaceOptions(checks.command('show').description('one check: its history and the rows that failed it'))
    .argument('<check>', 'name of the check', nonEmpty)
    .option('--run <n>', 'of another run', runNumber)
    .option('--limit <n>', 'at most so many rows', wholeNumber(1, Number.MAX_SAFE_INTEGER), 100)
    .action(showCheck)
  addSuggestCommand(checks)
  addProjectOption(checks.command('test').description('run the unit tests of the models: given rows, expected rows'))
    .option('--workspace <dir>', 'may be left out: nothing of a workspace is read', nonEmpty)
    .option('--json', 'print one JSON document')
    .option('--model <name>', 'those of one model', nonEmpty)
    .action(testModels)
}

interface RunOptions extends WorkspaceOptions {
  readonly run?: number
}

async function listChecks(options: RunOptions): Promise<void> {
  const listed = await withEngine(options, (engine) => engine.call(checksMethods.list, runOf(options)))
  if (options.json) return printJson(listed)
  const { run_id: run, latest_run_id: latest } = listed
  if (listed.checks.length === 0)
    printResult(run === null || latest === null ? 'No checks have run yet.' : `Run ${run} did not come to its checks.`)
  else printResult([renderTable(checkColumns, listed.checks.map(checkCells)), ...heldLines(listed.held)].join('\n'))
  if (options.run === undefined && latest !== null && latest > (run ?? 0))
    printNotice(`Run ${latest} was checked since: ${commandText(`checks list --run ${latest}`, options)}`)
}

async function showCheck(name: string, options: RunOptions & { limit: number }): Promise<void> {
  const shown = await withEngine(options, async (engine) => {
    const listed = await engine.call(checksMethods.list, runOf(options))
    const check = listed.checks.find((one) => one.name === name)
    if (check === undefined || listed.run_id === null) throw await noCheck(engine, name, listed)
    const { run_id } = listed
    const { items, last } = await readPages(
      options.limit,
      (page) => engine.call(checksMethods.failures, { run_id, name, ...page }),
      ({ rows }) => rows,
    )
    const held = listed.held.filter((part) => part.check === name)
    return { run_id, check, held, columns: last.columns, rows: items, total: last.total }
  })
  if (options.json) return printJson(shown)
  const { check, held, columns, rows, total } = shown
  const history = check.history.map((past) => [String(past.run_id), past.status, count(past.failures)])
  printResult(
    [
      renderTable(checkColumns, [checkCells(check)]),
      ...heldLines(held),
      ...section(
        'History',
        [{ title: 'run', align: 'right' }, { title: 'result' }, { title: 'failing rows', align: 'right' }],
        history,
      ),
      ...section(
        'Failing rows',
        columns.map((column) => ({ title: column.name })),
        rows.map((row: FailingRow) => row.cells.map((cell) => cell ?? '')),
      ),
    ].join('\n'),
  )
  if (rows.length < total) printNotice(`${count(rows.length)} of ${count(total)} rows; --limit shows more.`)
}

/** A check may be newer than the run that readers see, as after one that it blocked. */
async function noCheck(
  engine: Transport,
  name: string,
  listed: OutputOf<typeof checksMethods.list>,
): Promise<AppError> {
  const { run_id: run, latest_run_id: latest } = listed
  const last = latest === null || latest === run ? null : await engine.call(checksMethods.list, { run_id: latest })
  if (last === null || !last.checks.some((one) => one.name === name))
    return new AppError('NOT_FOUND', run === null ? `There is no check ${name}.` : `Run ${run} has no check ${name}.`, {
      hint: `The checks that there are: assay checks list${run === null ? '' : ` --run ${run}`}`,
    })
  return new AppError(
    'NOT_FOUND',
    `${run === null ? 'Nothing is published yet' : `Run ${run} has no check ${name}`}; run ${latest} has it.`,
    {
      hint: `Ask for it there: assay checks show ${name} --run ${latest}`,
    },
  )
}

async function testModels(options: { project: string; model?: string; json?: true }): Promise<void> {
  // Loaded when needed, so that help and mistakes do not wait for them.
  const { loadProject } = await import('../../../pipeline/project/load-project.ts')
  const { runUnitTests } = await import('../../../features/checks/run-unit-tests.ts')
  const result = runUnitTests(loadProject(resolve(options.project)), options.model)
  if (result.failed > 0) process.exitCode = 1
  if (options.json) return printJson(result)
  if (result.tests.length === 0) return printResult('There are no unit tests: they stand in the .yml of the models.')
  printResult(
    [...result.tests.flatMap(testLines), `${count(result.passed)} passed, ${count(result.failed)} failed.`].join('\n'),
  )
}

function testLines(test: UnitTestResult): readonly string[] {
  const row = (word: string) => (cells: Readonly<Record<string, string | null>>) =>
    printable(
      `  ${word}: ${Object.entries(cells)
        .map(([name, value]) => `${name} = ${value ?? 'null'}`)
        .join(', ')}`,
    )
  return [
    printable(`${test.status}  ${test.model}  ${test.name}`),
    ...test.missing.map(row('missing')),
    ...test.unexpected.map(row('unexpected')),
  ]
}

function runOf({ run }: RunOptions): { run_id?: number } {
  return run === undefined ? {} : { run_id: run }
}

const checkColumns = [
  { title: 'result' },
  { title: 'check' },
  { title: 'failing rows', align: 'right' },
  { title: 'rows', align: 'right' },
  { title: 'found' },
  { title: 'limits' },
  { title: 'if it fails' },
] as const

function checkCells(check: Check): readonly string[] {
  return [
    check.status,
    check.name,
    count(check.failures),
    check.rows === null ? '' : count(check.rows),
    check.measured ?? '',
    check.expected ?? check.threshold,
    check.blocking ? `blocks ${check.per === null ? 'the run' : `its ${check.per}`}` : 'warns',
  ]
}

function heldLines(held: readonly HeldPart[]): readonly string[] {
  return section(
    'Held back, as they were before',
    [{ title: 'part' }, { title: 'check' }, { title: 'rows of run', align: 'right' }],
    held.map((part) => [
      `${part.column} ${part.value}`,
      part.linked_to === null ? part.check : `${part.check}, with ${part.linked_to}`,
      part.since_run === 0 ? 'none' : String(part.since_run),
    ]),
  )
}
