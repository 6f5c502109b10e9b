import type { Command } from 'commander'
import { modelsMethods, type KeySpread, type ModelProfile } from '#features/models'
import { nonEmpty, wholeNumber } from '../options.ts'
import { count, duration } from '../output/numbers.ts'
import { printJson, printResult } from '../output/print.ts'
import { section } from '../output/table.ts'
import { withEngine } from '../with-engine.ts'
import { addWorkspaceOptions, type WorkspaceOptions } from '../workspace-options.ts'

interface ProfileOptions extends WorkspaceOptions {
  readonly run?: number
  readonly keys?: true
}

/** Adds `assay profile`: what a model read, gave and cost in a run, beside the last good one. */
export function addProfileCommand(program: Command): void {
  addWorkspaceOptions(
    program.command('profile').description('one model: rows in and out, guards, keys and the plan of its query'),
  )
    .argument('<model>', 'name of the model', nonEmpty)
    .option('--run <n>', 'in this run, not in the latest', wholeNumber(1, Number.MAX_SAFE_INTEGER))
    .option('--keys', 'count the rows of each key, which reads all rows')
    .action(showProfile)
}

async function showProfile(name: string, options: ProfileOptions): Promise<void> {
  const input = { name, keys: options.keys === true, ...(options.run !== undefined && { run_id: options.run }) }
  const profile = await withEngine(options, (engine) => engine.call(modelsMethods.profile, input))
  if (options.json) return printJson(profile)
  printResult(
    [
      headline(profile),
      ...guardLines(profile),
      ...inputLines(profile),
      ...keyLines(profile),
      ...planLines(profile),
    ].join('\n'),
  )
}

function headline({ name, built_in: run, rows, seconds, last_good: last }: ModelProfile): string {
  if (run === null) return `No run noted how it built ${name}.`
  const before =
    last === null ? '' : `; run ${last.run_id}, the last good one, had ${count(last.rows)} in ${duration(last.seconds)}`
  return `Run ${run} built ${name} in ${duration(seconds)}: ${count(rows ?? 0)} rows${before}`
}

function guardLines({ guards }: ModelProfile): readonly string[] {
  return section(
    'Guards',
    [{ title: 'result' }, { title: 'guard' }, { title: 'what it says' }],
    guards.map(({ status, guard, message }) => [status, guard.replace('_', ' '), message]),
  )
}

const orUnknown = (value: number | null) => (value === null ? '' : count(value))

function inputLines({ inputs }: ModelProfile): readonly string[] {
  return section(
    'Rows in and out',
    [
      { title: 'input' },
      { title: 'kind' },
      { title: 'rows in', align: 'right' },
      { title: 'in the last good run', align: 'right' },
      { title: 'rows out for each', align: 'right' },
    ],
    inputs.map(({ name, kind, rows, rows_before: before, ratio }) => [
      name,
      kind,
      orUnknown(rows),
      orUnknown(before),
      ratio === null ? '' : ratio.toFixed(2),
    ]),
  )
}

function keyLines({ name, keys, inputs }: ModelProfile): readonly string[] {
  const spreads = [{ name, keys }, ...inputs].flatMap((one): (readonly string[])[] =>
    one.keys === null ? [] : [[one.name, ...spreadCells(one.keys)]],
  )
  return section(
    'Keys',
    [
      { title: 'of' },
      { title: 'columns' },
      { title: 'rows', align: 'right' },
      { title: 'keys', align: 'right' },
      { title: 'most rows of one', align: 'right' },
      { title: 'in the last good run', align: 'right' },
      { title: 'that key' },
    ],
    spreads,
  )
}

function spreadCells({ columns, rows, distinct, most_rows: most, most_rows_before: before, top }: KeySpread) {
  return [columns.join(', '), count(rows), count(distinct), count(most), orUnknown(before), top[0]?.key ?? '']
}

function planLines({ plan, plan_changes: changes }: ModelProfile): readonly string[] {
  return [
    ...section(
      'Query plan',
      [{ title: 'step' }, { title: 'what it costs' }],
      plan.map(({ detail, note }) => [detail, note ?? '']),
    ),
    ...section(
      'Since the last good run',
      [{ title: 'change' }],
      changes.map((change) => [change]),
    ),
  ]
}
