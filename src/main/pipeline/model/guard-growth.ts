import { leastHistory } from '../drift/least-history.ts'
import { median } from '../drift/robust.ts'
import { counted, countedNoun } from '../gate/words.ts'
import type { Model } from '../project/project.ts'
import { countByCompany } from './count-by-company.ts'
import { shareInputs, shareText } from './explain-fan-out.ts'
import { pastRatios, pastRows } from './guard-history.ts'
import type { GuardVerdict } from './model-guards.ts'
import type { BuiltModel, InputRows, WatchContext } from './watch-context.ts'

/** Companies whose rows are looked into, at the most. */
const lookedInto = 5
/** Fewer rows than this are no explosion. */
const leastRows = 10

/**
 * Judges whether a model that keeps its grain multiplied rows all the same: it grew far beyond its history and beyond the largest of its
 * inputs, as a whole or for one company. Quiet until there is history.
 */
export function guardGrowth(
  context: WatchContext,
  model: Model,
  { rows, previousRows }: Pick<BuiltModel, 'rows' | 'previousRows'>,
  inputs: readonly InputRows[],
): readonly GuardVerdict[] {
  const history = pastRows(context.connection, model.name)
  if (history.length < leastHistory || inputs.length === 0) return []
  const { maxGrowth, severity } = model.guard
  const status = severity === 'warn' ? 'warn' : 'fail'
  const usual = median(history)
  const largest = inputs.reduce((one, other) => (other.rows > one.rows ? other : one))
  // Rows that grow with their input multiply by nothing.
  const ratio = maxGrowth * median(pastRatios(context.connection, model.name))
  const most = Math.max(maxGrowth * usual, largest.rows, ratio * largest.rows)
  const verdict = { model: model.name, guard: 'growth', low: null } as const
  if (rows > most) {
    const grown = inputs.toSorted((one, other) => growthOf(other) - growthOf(one))[0] ?? largest
    const cause =
      worstCompany(context, model)?.text ??
      `${grown.name} has ${countedNoun(grown.rows, 'row')}, ${counted(grown.added)} more than before`
    const message = `${model.name} has ${countedNoun(rows, 'row')}, ${times(rows, usual)} what is usual by its last ${history.length} runs (${counted(usual)}), and more than its largest input ${largest.name} (${counted(largest.rows)}): a join multiplies rows. ${cause}.`
    return [{ ...verdict, status, value: rows, high: most, message }]
  }
  const mostAdded = Math.max(0, ...inputs.map(({ added }) => added))
  const found = rows - (previousRows ?? rows) > mostAdded ? worstCompany(context, model) : null
  if (found === null)
    return [
      {
        ...verdict,
        status: 'pass',
        value: rows,
        high: most,
        message: `${model.name} has ${countedNoun(rows, 'row')}; up to ${counted(Math.floor(most))} is usual.`,
      },
    ]
  const message = `${model.name} has ${countedNoun(found.rows, 'row')} for ${found.company}, ${found.rowsBefore === 0 ? 'which had none' : `${times(found.rows, found.rowsBefore)} what it had (${counted(found.rowsBefore)})`}, and more than any of its inputs: a join multiplies rows. ${found.text}.`
  return [{ ...verdict, status, value: found.rows, high: found.most, message }]
}

/** The company whose rows multiplied most: beyond what it had, beyond its rows in every input, and beyond what it had for each of these; null where there is none. */
function worstCompany(context: WatchContext, model: Model) {
  const column = context.project.config.company
  const isText = model.columns.some(({ name, type }) => name === column && type === 'text')
  if (column === undefined || !isText || model.materialized === 'view') return null
  const { maxGrowth } = model.guard
  const grown = countByCompany(context, model.name, column)
    .filter(({ rows, rowsBefore }) => rows >= leastRows && rows > maxGrowth * rowsBefore)
    .toSorted((one, other) => other.rows - other.rowsBefore - (one.rows - one.rowsBefore))
    .slice(0, lookedInto)
  for (const { company, rows, rowsBefore } of grown) {
    const shares = shareInputs(
      context,
      model,
      [{ column, value: company }],
      rows,
      context.compiler.relation(model.name),
    )
    const ofInputs = Math.max(0, ...shares.map((share) => share.rows))
    const ofInputsBefore = Math.max(0, ...shares.map((share) => share.rowsBefore))
    const ratio = maxGrowth * (rowsBefore > 0 && ofInputsBefore > 0 ? rowsBefore / ofInputsBefore : 1)
    const most = Math.max(maxGrowth * rowsBefore, ofInputs, ratio * ofInputs)
    if (shares.length === 0 || rows <= most) continue
    const multiplied = shares.toSorted((one, other) => ratioOf(other) - ratioOf(one))
    return { company, rows, rowsBefore, most, text: multiplied.slice(0, 3).map(shareText).join(', ') }
  }
  return null
}

const growthOf = ({ rows, added }: InputRows) => rows / Math.max(1, rows - added)
const ratioOf = ({ rows, rowsBefore }: { readonly rows: number; readonly rowsBefore: number }) =>
  rows / Math.max(1, rowsBefore)
const times = (rows: number, usual: number) => `${counted(Number((rows / Math.max(1, usual)).toFixed(1)))} times`
