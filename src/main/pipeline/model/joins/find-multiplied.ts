import { formatCell } from '../../../kernel/format-value.ts'
import { quoteName, quoteText, type Connection } from '../../../store/database.ts'
import { isLiving, isSeenByInParts } from '../../../store/versioned-table.ts'
import type { Model, Project } from '../../project/project.ts'
import type { DataState } from '../compile-model.ts'
import type { ModelInput } from '../model-inputs.ts'
import { openQuestions } from './ask-in-time.ts'
import { countJoins } from './count-joins.ts'
import { findJoins, type FoundJoin } from './find-joins.ts'
import { joinColumns } from './join-columns.ts'
import { markInputs, type MarkedSelect } from './mark-inputs.ts'
import { reachesInput } from './reach-input.ts'
import { scanSql } from './scan-sql.ts'
import { outerPlaces } from './sql-range.ts'

/** Counting ends here, as where a profile counts for nobody in particular. */
const mostRows = 1_000_000
const mostMilliseconds = 2_000
/** So many places of inputs are tried, and so many joins looked into. */
const mostTried = 4

export interface MultipliedKey {
  readonly connection: Connection
  readonly project: Project
  readonly publishedRun: number
  readonly asOf: number
  readonly model: Model
  /** What the model reads, with its columns. */
  readonly inputs: readonly ModelInput[]
  /** The key of the model that has several rows, which are so many. */
  readonly key: readonly { readonly column: string; readonly value: unknown }[]
  readonly rows: number
}

/** A join that gives more rows of a key than come in, and the side that has them. */
export interface MultipliedJoin {
  /** Of the side that has several rows: an input, or a query of the SELECT. */
  readonly name: string
  /** `ON l.company_ein = c.company_ein`, or `JOIN, which has no condition`. */
  readonly join: string
  /** By what its rows are found, `company_ein = 11-1111111`; null where the condition does not say it plainly. */
  readonly key: string | null
  readonly rows: number
  readonly rowsBefore: number
  /** How many of them one row meets, where the condition asks for more than these values; null where it meets all of them. */
  readonly matched: number | null
}

/** `none`: all joins were counted, and none multiplies; `unknown`: that could not be told. */
export type MultipliedAnswer = MultipliedJoin | 'none' | 'unknown'

/**
 * Finds the join of a model's SELECT that multiplies the rows of a key: an input that has the key is narrowed to it, and of each join that
 * hangs on that input it is counted what comes in and out. Of several the one that accounts for the rows, and whose side has grown most.
 */
export function findMultiplied(asked: MultipliedKey): MultipliedAnswer {
  const { connection, project, publishedRun, asOf, model, rows } = asked
  const select = markInputs(project, model, asOf)
  const joins = findJoins(select.sql)
  if (joins === null) return 'unknown'
  if (joins.length === 0) return 'none'
  const deadline = performance.now() + mostMilliseconds
  const counter = { connection, project, model, mostRows, deadline }
  const now: DataState = { condition: isLiving, asOf }
  const before: DataState = { condition: isSeenByInParts(publishedRun), asOf }
  let wereCounted = false
  for (const { place, condition } of placesOf(asked, select)) {
    const narrowed = select.narrowed(place, condition)
    const reached = joins.filter((join) => reachesInput(join.all, place, join.scopes))
    const { counted, problem } = countJoins({ ...counter, select: narrowed }, reached, now)
    wereCounted ||= problem === null && reached.length > 0
    const sides = reached
      .flatMap((join, index) => sidesOf(join, counted[index], place))
      // Outer joins are written last, and nearest to what comes out.
      .toReversed()
      .slice(0, mostTried)
    const found = sides.map((side) => lookInto(asked, { select, narrowed, side, counter, now, before }))
    const growth = (join: MultipliedJoin) => join.rows / Math.max(1, join.rowsBefore)
    const [worst] = found.toSorted(
      (one, other) =>
        Number(other.key !== null) - Number(one.key !== null) ||
        Number(other.rows === rows) - Number(one.rows === rows) ||
        growth(other) - growth(one),
    )
    if (worst !== undefined) return worst
  }
  return wereCounted ? 'none' : 'unknown'
}

/** Where the SELECT reads something with columns of the key, those with most of them first, and the condition on its rows. */
function placesOf({ inputs, key }: MultipliedKey, { inputs: names }: MarkedSelect) {
  const places = names.flatMap((name, place) => {
    const columns = inputs.find((input) => input.name === name)?.columns ?? []
    const shared = key.filter(({ column }) => columns.some((one) => one.name === column))
    if (shared.length === 0) return []
    const condition = shared.map(({ column, value }) => `${quoteName(column)} IS ${literal(value)}`).join(' AND ')
    return [{ place, condition, shared: shared.length }]
  })
  return places.toSorted((one, other) => other.shared - one.shared).slice(0, mostTried)
}

interface Side {
  readonly join: FoundJoin
  /** Text of the SELECT: what has several rows for one of the other side. */
  readonly text: string
  readonly rowsIn: number
  readonly rowsOut: number
}

type Counted = ReturnType<typeof countJoins>['counted'][number]

/** The side of a join that multiplies the rows of the other one, which is narrowed to the key. */
function sidesOf(join: FoundJoin, counted: Counted | undefined, place: number): readonly Side[] {
  const { left, right, out } = counted ?? {}
  if (!left || !right || !out) return []
  const isNarrowed = (text: string) => reachesInput(text, place, join.scopes)
  if (isNarrowed(join.before))
    return out.rows > left.rows && left.rows > 0
      ? [{ join, text: join.item, rowsIn: left.rows, rowsOut: out.rows }]
      : []
  return isNarrowed(join.item) && !isList(join.before) && out.rows > right.rows && right.rows > 0
    ? [{ join, text: join.before, rowsIn: right.rows, rowsOut: out.rows }]
    : []
}

/** Whether several things are joined in a text. */
function isList(text: string): boolean {
  const tokens = scanSql(text) ?? []
  return outerPlaces({ sql: text, tokens, from: 0, to: tokens.length }).some(
    (at) => tokens[at]?.word === 'JOIN' || tokens[at]?.text === ',',
  )
}

interface SideQuestion {
  readonly select: MarkedSelect
  readonly narrowed: MarkedSelect
  readonly side: Side
  readonly counter: { readonly deadline: number }
  readonly now: DataState
  readonly before: DataState
}

/** By which values the rows of a side are found, and how many it has of them, now and in what is published. */
function lookInto(
  asked: MultipliedKey,
  { select, narrowed, side, counter, now, before }: SideQuestion,
): MultipliedJoin {
  const { join, text, rowsIn, rowsOut } = side
  const { connection, project, model, publishedRun } = asked
  const condition = join.condition === null ? null : select.named(join.condition)
  const facts = {
    name: nameOf(select.named(text)),
    join: condition ?? `${join.kind}, which has no condition`,
  }
  const plain = { ...facts, key: null, rows: Math.ceil(rowsOut / rowsIn), rowsBefore: 0, matched: null }
  const columns = joinColumns(text, join.condition)
  if (columns.length === 0) return plain
  const list = columns.map(({ written }) => written).join(', ')
  const ofState = (state: DataState) => openQuestions({ connection, project, model, ...counter }, state)
  const worst = ofState(now).ask(
    narrowed,
    `SELECT ${list}, count(*) FROM ${join.all}\n GROUP BY ${list} ORDER BY count(*) DESC LIMIT 1`,
    join.scopes,
  )
  if (!worst) return plain
  const isKey = columns.map(({ written }, index) => `${written} IS ${literal(worst[index])}`).join(' AND ')
  const count = (state: DataState) =>
    Number(ofState(state).ask(select, `SELECT count(*) FROM ${text}\n WHERE ${isKey}`, join.scopes)?.[0] ?? 0)
  const rows = count(now)
  if (rows < 2) return plain
  const typeOf = (name: string) =>
    asked.inputs.flatMap((input) => input.columns).find((column) => column.name === name)?.type ?? 'text'
  const values = columns.map(
    ({ name }, index) => `${name} = ${formatCell(typeOf(name), worst[index] ?? null) ?? 'null'}`,
  )
  const met = Number(worst.at(-1))
  const matched = rowsIn === 1 && met < rows ? met : null
  return { ...facts, matched, key: values.join(', '), rows, rowsBefore: publishedRun === 0 ? 0 : count(before) }
}

/** What a side of a join is called, without its alias; a query is called by that. */
function nameOf(text: string): string {
  const tokens = scanSql(text) ?? []
  const [first] = tokens
  if (first === undefined || first.closedBy === null) return first?.text ?? text
  const isNamed = first.closedBy < tokens.length - 1
  return isNamed ? (tokens.at(-1)?.text ?? '') : 'a query'
}

function literal(value: unknown): string {
  if (typeof value === 'string') return quoteText(value)
  return typeof value === 'number' || typeof value === 'bigint' ? String(value) : 'NULL'
}
