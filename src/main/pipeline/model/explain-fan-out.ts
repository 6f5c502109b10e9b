import { AppError } from '../../kernel/app-error.ts'
import { formatCell } from '../../kernel/format-value.ts'
import { quoteName, type Connection } from '../../store/database.ts'
import { isSeenByInParts } from '../../store/versioned-table.ts'
import { counted, countedNoun } from '../gate/words.ts'
import type { Model, Project } from '../project/project.ts'
import type { ModelCompiler } from './compile-model.ts'
import { guardSelect } from './guard-select.ts'
import { findMultiplied, type MultipliedJoin } from './joins/find-multiplied.ts'
import { inputsOf, type ModelInput } from './model-inputs.ts'

export interface FanOutContext {
  readonly connection: Connection
  readonly publishedRun: number
  readonly project: Project
  readonly compiler: ModelCompiler
}

/** How many rows of an input belong to one key, now and in what is published. */
export interface InputShare {
  readonly input: string
  /** The key as the input has it, for people: `company_ein = 11-1111111`. */
  readonly key: string
  readonly rows: number
  readonly rowsBefore: number
}

/** Values of some columns of a model. */
export type KeyValues = readonly { readonly column: string; readonly value: unknown }[]

/**
 * Counts for each input of a model the rows that belong to one key of it: by the columns that both have, else by the lineage of the
 * model. Those come first that account for what has multiplied, which is so many rows. `built`: the model's rows, to be put
 * behind FROM.
 */
export function shareInputs(
  context: FanOutContext,
  model: Model,
  key: KeyValues,
  rows: number,
  built: string,
): InputShare[] {
  const { project, compiler, publishedRun } = context
  const before = compiler.narrowed({ condition: isSeenByInParts(publishedRun) })
  const inputsBefore = new Map(inputsOf(project, before, model).map((input) => [input.name, input]))
  const shares = inputsOf(project, compiler, model).flatMap((input): InputShare[] => {
    const share = countFor(context, model, input, key, built)
    if (share === null) return []
    const then = inputsBefore.get(input.name)
    const rowsBefore =
      publishedRun === 0 || then === undefined ? 0 : (countFor(context, model, then, key, built)?.rows ?? 0)
    return [{ input: input.name, ...share, rowsBefore }]
  })
  const growth = (share: InputShare) => share.rows / Math.max(1, share.rowsBefore)
  return shares.toSorted(
    (one, other) => Number(other.rows === rows) - Number(one.rows === rows) || growth(other) - growth(one),
  )
}

/**
 * The cause of a fan-out in words: the join that multiplies the rows of the key, with what it joins and by which values; where that cannot
 * be told, the input that has several rows of the key itself.
 */
export function fanOutCause(context: FanOutContext, model: Model, key: KeyValues, rows: number, built: string): string {
  const { connection, project, compiler, publishedRun } = context
  const inputs = inputsOf(project, compiler, model)
  const found = findMultiplied({ connection, project, publishedRun, asOf: compiler.asOf, model, inputs, key, rows })
  if (found !== 'none' && found !== 'unknown') return joinText(found)
  const [worst, ...others] = shareInputs(context, model, key, rows, built).filter((share) => share.rows > 1)
  if (worst === undefined)
    return found === 'none'
      ? 'none of its joins gives more rows of the key than come in, so other parts of its SELECT do, as UNION ALL or a GROUP BY of more than the key'
      : 'its inputs do not tell which part of its SELECT multiplies rows: most likely a join on columns that are not unique in what it joins'
  const beside = others.map((share) => `${share.input} has ${counted(share.rows)}`)
  const text = `${shareText(worst)}${beside.length === 0 ? '' : `; beside it ${beside.join(', ')}`}`
  return found === 'none' ? text : `the join with ${worst.input} multiplies rows; ${text}`
}

function joinText({ name, join, key, rows, rowsBefore, matched }: MultipliedJoin): string {
  if (key === null) return `the join with ${name} multiplies rows, ${counted(rows)} for one that comes in (${join})`
  const share = shareText({ input: name, key, rows, rowsBefore })
  return matched === null
    ? `${share}, which the join ${join} multiplies`
    : `${share}, of which one row meets ${counted(matched)} by the join ${join}`
}

/** `stg_plans has 14 rows for company_ein = 11-1111111 (1 before)` */
export function shareText({ input, rows, key, rowsBefore }: InputShare): string {
  return `${input} has ${countedNoun(rows, 'row')} for ${key}${rowsBefore > 0 ? ` (${counted(rowsBefore)} before)` : ''}`
}

function countFor(
  { connection, compiler }: FanOutContext,
  model: Model,
  input: ModelInput,
  key: KeyValues,
  built: string,
): { readonly rows: number; readonly key: string } | null {
  const shared = key.flatMap(({ column, value }) => {
    const found = input.columns.find(({ name }) => name === column)
    return found === undefined ? [] : [{ ...found, value }]
  })
  if (shared.length > 0) {
    const condition = shared.map(({ name }) => `${quoteName(name)} IS ?`).join(' AND ')
    const rows = connection
      .prepare(`SELECT count(*) FROM ${input.sql} WHERE ${condition}`)
      .pluck()
      .get(...shared.map(({ value }) => value))
    return { rows: Number(rows), key: keyText(shared) }
  }
  const rule = model.lineage.find(({ to }) => to === input.name)
  if (rule === undefined) return null
  const on = compiler.render(rule.on, model.path)
  const row = `SELECT * FROM ${built} WHERE ${key.map(({ column }) => `${quoteName(column)} IS ?`).join(' AND ')} LIMIT 1`
  const select = `SELECT s.* FROM ${input.sql} AS s, (${row}) AS r WHERE ${on}`
  const granted = new Set([...compiler.tablesRead(model), model.name, 'temp.built'])
  try {
    guardSelect(connection, select, granted, `The lineage of ${model.name}`, model.path)
  } catch (error) {
    // A rule that cannot be followed explains nothing; it must not hide what is to be explained.
    if (error instanceof AppError) return null
    throw error
  }
  const rows = connection
    .prepare(`SELECT count(*) FROM (${select})`)
    .pluck()
    .get(...key.map(({ value }) => value))
  return { rows: Number(rows), key: on }
}

function keyText(
  columns: readonly {
    readonly name: string
    readonly type: ModelInput['columns'][number]['type']
    readonly value: unknown
  }[],
): string {
  return columns.map(({ name, type, value }) => `${name} = ${formatCell(type, value) ?? 'null'}`).join(', ')
}
