import type { DifferenceClass, RowDifference, RowdiffSummary } from '#features/rowdiff'
import { rowdiffMethods } from '#features/rowdiff'
import { errorFromReport } from '../../../../kernel/app-error.ts'
import type { Transport } from '../../../../protocol/transport.ts'
import { count } from '../../output/numbers.ts'
import { printJson, printResult } from '../../output/print.ts'
import { printable } from '../../output/printable.ts'
import { section, styled } from '../../output/table.ts'

/** Which rows of which model are to be compared, and how that is to be shown. */
export interface RowComparison {
  readonly model: string
  readonly runA: number
  readonly runB: number
  readonly class?: DifferenceClass
  readonly column?: string
  readonly limit: number
  /** A file for all differences. */
  readonly out?: string
  readonly json?: true
}

const largestPage = 1_000

/** Compares the rows of a model in two runs: prints the classes and the rows that differ, and writes them to a file where one is named. */
export async function printRowComparison(engine: Transport, wanted: RowComparison): Promise<void> {
  const { model, runA, runB, out } = wanted
  const filter = {
    ...(wanted.class !== undefined && { class: wanted.class }),
    ...(wanted.column !== undefined && { column: wanted.column }),
  }
  const { id } = await engine.call(rowdiffMethods.start, { model, run_a: runA, run_b: runB })
  const { summary, error, seconds } = await engine.call(rowdiffMethods.summary, { id, wait: true })
  if (error !== null) throw errorFromReport(error)
  if (summary === null) throw new Error('a comparison that ended has a summary')
  const rows: RowDifference[] = []
  let total = 0
  do {
    const limit = Math.min(largestPage, wanted.limit - rows.length)
    const page = await engine.call(rowdiffMethods.rows, { id, ...filter, offset: rows.length, limit })
    rows.push(...page.rows)
    total = page.total
  } while (rows.length < Math.min(total, wanted.limit))
  const file = out === undefined ? null : await engine.call(rowdiffMethods.write, { id, ...filter, path: out })
  if (wanted.json) return printJson({ model, ...summary, seconds, total, rows, file })
  printResult(
    [
      ...summaryLines(model, summary),
      ...rows.map((row) => printable(rowText(summary, row))),
      ...(rows.length < total ? [`  ${count(total - rows.length)} more`] : []),
      ...(file === null ? [] : ['', printable(`Wrote ${count(file.rows)} cells to ${file.path}`)]),
    ].join('\n'),
  )
}

function summaryLines(model: string, summary: RowdiffSummary): readonly string[] {
  const { before, after, added, removed, changed, unchanged, null_keys: nulls, duplicate_keys: duplicates } = summary
  const right = 'right'
  const line = (title: string, left: number | null, other: number | null) => [
    title,
    left === null ? '' : count(left),
    other === null ? '' : count(other),
  ]
  return [
    styled('bold', printable(`${model}, row by row by ${summary.keys.join(', ')}`)),
    ...section(
      'Rows',
      [
        { title: 'class' },
        { title: `run ${before.run_id}`, align: right },
        { title: `run ${after.run_id}`, align: right },
      ],
      [
        line('added', null, added),
        line('removed', removed, null),
        line('changed', changed, changed),
        line('unchanged', unchanged, unchanged),
        line('null key', nulls.before, nulls.after),
        line('duplicate key', duplicates.before, duplicates.after),
        line('all', before.rows, after.rows),
      ],
    ),
    ...section(
      'Changed by column',
      [{ title: 'column' }, { title: 'rows', align: right }],
      summary.by_column.map((column) => [column.column, count(column.changed)]),
    ),
    ...(summary.not_compared.length === 0
      ? []
      : ['', printable(`Not compared, since no run has written it yet: ${summary.not_compared.join(', ')}`)]),
    ...(added + removed + changed === 0 ? [] : ['']),
  ]
}

const signs: Readonly<Record<DifferenceClass, string>> = {
  added: '+',
  removed: '-',
  changed: '~',
  null_key: '?',
  duplicate_key: '!',
}

/** A row in a line: its key, and its cells; of a changed row only those that differ, old -> new. */
function rowText({ columns, keys }: RowdiffSummary, row: RowDifference): string {
  const key = Object.entries(row.key).map(([name, value]) => `${name} ${value ?? 'nothing'}`)
  const cells = columns.flatMap(({ name }, index) => {
    const was = row.before?.[index] ?? null
    const is = row.after?.[index] ?? null
    if (row.class === 'changed')
      return row.changed.includes(name) ? [`${name}: ${was ?? 'nothing'} -> ${is ?? 'nothing'}`] : []
    const value = row.after === null ? was : is
    return value === null || keys.includes(name) ? [] : [`${name} ${value}`]
  })
  const side = row.class !== 'null_key' && row.class !== 'duplicate_key' ? '' : row.after === null ? '-' : '+'
  return `${signs[row.class]}${side} ${[...key, ...cells].join(', ')}`
}
