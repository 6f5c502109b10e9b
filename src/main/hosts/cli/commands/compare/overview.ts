import { compareMethods, type CompareOverview, type Difference, type RowCount } from '#features/compare'
import { AppError } from '../../../../kernel/app-error.ts'
import type { Transport } from '../../../../protocol/transport.ts'
import { count } from '../../output/numbers.ts'
import { printJson, printResult } from '../../output/print.ts'
import { section, styled } from '../../output/table.ts'

/** Prints what differs between two runs, the most unusual first; left out the last two published. */
export async function printOverview(
  engine: Transport,
  options: {
    readonly runA?: number | undefined
    readonly runB?: number | undefined
    readonly limit: number
    readonly json?: true
  },
): Promise<void> {
  const overview = await engine.call(compareMethods.overview, { a: options.runA, b: options.runB })
  if (overview === null)
    throw new AppError('NOT_FOUND', 'There are no two published runs to compare yet.', {
      hint: 'Run the pipeline a second time, then compare.',
    })
  if (options.json) printJson(overview)
  else printResult(linesOf(overview, options.limit).join('\n'))
}

function linesOf({ a, b, verdict, differences, rows, schema }: CompareOverview, limit: number): readonly string[] {
  const shown = differences.slice(0, limit)
  const rest = differences.length - shown.length
  return [
    `Run ${b.run_id} (as of ${b.as_of}) against run ${a.run_id} (as of ${a.as_of})`,
    styled(verdict.level === 'usual' ? 'green' : 'yellow', `${verdictWords[verdict.level]}: ${verdict.sentence}`),
    ...section('Differences, the most unusual first', differenceColumns, shown.map(differenceCells)),
    ...(rest > 0 ? [`  and ${count(rest)} more: --limit ${differences.length}`] : []),
    ...section('Rows', rowColumns, rows.map(rowCells)),
    ...section(
      'Columns that changed',
      [{ title: 'relation' }, { title: 'column' }, { title: 'change' }, { title: 'before' }, { title: 'after' }],
      schema.map((one) => [one.relation, one.column, one.change, one.before ?? '', one.after ?? '']),
    ),
    '',
    `Row by row: assay compare ${a.run_id} ${b.run_id} --model NAME --rows`,
  ]
}

const verdictWords = { alarm: 'Unusual', notable: 'Notable', usual: 'Usual' } as const

const differenceColumns = [
  { title: 'how unusual', align: 'right' },
  { title: '' },
  { title: 'effect', align: 'right' },
  { title: 'what' },
] as const

function differenceCells({ unusual, level, effect, sentence, label }: Difference): readonly string[] {
  return [
    unusual === null ? '-' : unusual.toFixed(1),
    level === 'usual' ? '' : level,
    effect.toFixed(1),
    label === null ? sentence : `${sentence} (${label.replace('_', ' ')})`,
  ]
}

const rowColumns = [
  { title: 'relation' },
  { title: 'before', align: 'right' },
  { title: 'after', align: 'right' },
  { title: 'change', align: 'right' },
  { title: '%', align: 'right' },
  { title: 'by' },
] as const

function rowCells({ relation, before, after, delta, delta_share: share, causes }: RowCount): readonly string[] {
  return [
    relation,
    before === null ? '-' : count(before),
    after === null ? '-' : count(after),
    delta === null ? '-' : signed(delta),
    share === null ? '' : `${share > 0 ? '+' : ''}${(100 * share).toFixed(1)}`,
    causes.map(({ cause, rows }) => `${count(rows)} ${cause}`).join(', '),
  ]
}

const signed = (delta: number) => (delta > 0 ? `+${count(delta)}` : count(delta))
