import type { Command } from 'commander'
import type { RunStatus } from '#features/runs'
import { runsMethods } from '#features/runs'
import { modelsMethods, type KeySpread, type ModelProfile } from '#features/models'
import { nonEmpty, wholeNumber } from '../options.ts'
import { count, duration } from '../output/numbers.ts'
import { printJson, printResult } from '../output/print.ts'
import { section } from '../output/table.ts'
import { joinLines } from './profile-joins.ts'
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
  const counts = { keys: options.keys === true, joins: true }
  const input = { name, ...counts, ...(options.run !== undefined && { run_id: options.run }) }
  const { profile, status } = await withEngine(options, async (engine) => {
    const found = await engine.call(modelsMethods.profile, input)
    const isOther = found.built_in !== null && found.built_in !== found.run_id
    const run = isOther ? await engine.call(runsMethods.show, { run_id: found.run_id }) : null
    return { profile: found, status: run?.status ?? null }
  })
  if (options.json) return printJson(profile)
  printResult(
    [
      headline(profile, status),
      ...guardLines(profile),
      ...inputLines(profile),
      ...joinLines(profile),
      ...keyLines(profile),
      ...planLines(profile),
    ].join('\n'),
  )
}

/** `status`: of the run that was asked for, where another one built the model. */
function headline(profile: ModelProfile, status: RunStatus | null): string {
  const { name, run_id: asked, built_in: run, rows, seconds, scope, last_good: last, last_other: other } = profile
  if (run === null) return `No run noted how it built ${name}.`
  const before =
    last === null ? '' : `; run ${last.run_id}, the last good one, had ${count(last.rows)} in ${duration(last.seconds)}`
  const beside =
    other === null
      ? ''
      : `; run ${other.run_id}, the last good one, built ${scope === 'part' ? 'all' : 'a part'} of it, to ${count(other.rows)} in ${duration(other.seconds)}`
  const built = `Run ${run} built ${name} in ${duration(seconds)}: ${count(rows ?? 0)} ${rows === 1 ? 'row' : 'rows'}${before}${beside}`
  if (status === null) return built
  const why =
    status === 'failed' || status === 'cancelled'
      ? `: it was ${status === 'failed' ? 'broken off' : status} before that`
      : ''
  return [
    `Run ${asked} did not build ${name}${why}. Its guards, and its joins and keys as far as its rows are there, stand below.`,
    `Rows in and out and the query plan are those of run ${run}, which built it last. ${built}`,
  ].join('\n')
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
      ratio === null ? '' : ratio < 10 ? ratio.toFixed(2) : count(Math.round(ratio)),
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
