import { AppError } from '../../kernel/app-error.ts'
import { formatCell } from '../../kernel/format-value.ts'
import { quoteName, type Connection } from '../../store/database.ts'
import { isSeenByInParts } from '../../store/versioned-table.ts'
import type { Model, Project } from '../project/project.ts'
import type { ModelCompiler } from './compile-model.ts'
import { guardSelect } from './guard-select.ts'
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
    const counted = countFor(context, model, input, key, built)
    if (counted === null) return []
    const then = inputsBefore.get(input.name)
    const rowsBefore =
      publishedRun === 0 || then === undefined ? 0 : (countFor(context, model, then, key, built)?.rows ?? 0)
    return [{ input: input.name, ...counted, rowsBefore }]
  })
  const growth = (share: InputShare) => share.rows / Math.max(1, share.rowsBefore)
  return shares.toSorted(
    (one, other) => Number(other.rows === rows) - Number(one.rows === rows) || growth(other) - growth(one),
  )
}

/** The cause of a fan-out in words: the input whose rows multiply comes first, with its key and counts. */
export function fanOutCause(shares: readonly InputShare[]): string {
  const [worst, ...others] = shares.filter(({ rows }) => rows > 1)
  if (worst === undefined)
    return 'no input has more than one row for it, so the SELECT itself multiplies rows, by a join without a condition or with a list of values'
  const beside = others.map(({ input, rows }) => `${input} has ${rows}`)
  return `the join with ${worst.input} multiplies rows; ${shareText(worst)}${beside.length === 0 ? '' : `; beside it ${beside.join(', ')}`}`
}

/** `stg_plans has 14 rows for company_ein = 11-1111111 (1 before)` */
export function shareText({ input, rows, key, rowsBefore }: InputShare): string {
  return `${input} has ${rows} rows for ${key}${rowsBefore > 0 ? ` (${rowsBefore} before)` : ''}`
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
