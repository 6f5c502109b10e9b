import { RE2JS, RE2JSException } from 're2js'
import type { ColumnType } from '../../kernel/column-type.ts'
import { parseInside } from '../contract/parse-inside.ts'
import type { CheckConfig, ColumnCheck, ModelCheck } from './check-schema.ts'
import { referredModel } from './name-schema.ts'
import { invalidAt } from './parse-yaml.ts'
import type { ModelConfig } from './project-schema.ts'
import type { Check, CheckPlace } from './project.ts'
import { decimalOf, limitOf } from './resolve-limit.ts'

/** Where something of a model stands in its .yml, by the keys within the model. */
export type PlaceInModel = (keys: readonly PropertyKey[]) => CheckPlace

/** The checks of a model, its columns' first. */
export function resolveChecks(config: ModelConfig, placeOf: PlaceInModel): readonly Check[] {
  const checks = [
    ...config.columns.flatMap((column, at) =>
      column.data_tests.map((written, index) => {
        const place = placeOf(['columns', at, 'data_tests', index])
        return checkOf(config, place, {
          ...columnTest(written, config.name, column, place),
          column: column.name,
          options: typeof written === 'string' ? {} : optionsOf(written),
        })
      }),
    ),
    ...config.data_tests.map((written, index) => {
      const options = optionsOf(written)
      return checkOf(config, placeOf(['data_tests', index]), {
        ...modelTest(written, index + 1),
        column: null,
        options,
      })
    }),
  ]
  const twice = checks.find((check, index) => checks.findIndex(({ name }) => name === check.name) < index)
  if (twice !== undefined) throw invalidAt(twice.place, `two checks are named ${twice.name}`)
  return checks
}

/** The `config` of a check, whatever its kind: an object with one entry. */
function optionsOf(written: Readonly<Record<string, { readonly config: CheckConfig }>>): CheckConfig {
  return Object.values(written)[0]?.config ?? {}
}

interface Written {
  /** The last part of the check's name. */
  readonly name: string
  readonly column: string | null
  readonly test: Check['test']
  readonly options: CheckConfig
}

function checkOf(config: ModelConfig, place: CheckPlace, { name, column, test, options }: Written): Check {
  const severity = options.severity ?? 'error'
  const check = [config.name, ...(column === null ? [] : [column]), name].join('.')
  const names = new Set(config.columns.map((one) => one.name))
  for (const used of [options.per, ...(test.kind === 'unique_combination' ? test.columns : [])])
    if (used !== undefined && !names.has(used))
      throw invalidAt(place, `the check ${check} names ${used}, which is not a column of ${config.name}`)
  const warnIf = limitOf(options.warn_if, options.mostly)
  return {
    name: check,
    model: config.name,
    column,
    severity,
    isBlocking: options.blocking ?? severity === 'error',
    per: options.per ?? null,
    warnIf,
    errorIf: limitOf(options.error_if, options.mostly),
    reads: modelsReadBy(test),
    test,
    place,
  }
}

type Named = Pick<Written, 'name' | 'test'>

function columnTest(
  written: ColumnCheck,
  model: string,
  column: { readonly name: string; readonly data_type: ColumnType },
  place: CheckPlace,
): Named {
  const literal = (value: string | number | undefined) =>
    value === undefined ? null : literalOf(value, `${model}.${column.name}`, column.data_type, place)
  const refuse = (kind: string) =>
    invalidAt(place, `${kind} is not for ${model}.${column.name}, whose data_type is ${column.data_type}`)
  const named = (test: Check['test']): Named => ({ name: test.kind, test })
  if (written === 'not_null' || written === 'unique') return named({ kind: written })
  if ('not_null' in written) return named({ kind: 'not_null' })
  if ('unique' in written) return named({ kind: 'unique' })
  if ('accepted_values' in written) return named({ kind: 'accepted_values', values: written.accepted_values.values })
  if ('relationships' in written) {
    const { to, field } = written.relationships
    return named({ kind: 'relationships', to: referredModel(to), field })
  }
  if ('between' in written) {
    const { min, max, strictly } = written.between
    const test = { kind: 'between', min: literal(min), max: literal(max), isStrict: strictly } as const
    if (isEmpty(test, strictly)) throw invalidAt(place, `between of ${model}.${column.name}: ${emptyRange(min, max)}`)
    return named(test)
  }
  if ('regex' in written) {
    if (column.data_type !== 'text') throw refuse('regex')
    if (!isPattern(written.regex.pattern))
      throw invalidAt(place, `the pattern of ${model}.${column.name} is not a regular expression of RE2`)
    return named({ kind: 'regex', pattern: written.regex.pattern })
  }
  if ('not_null_proportion' in written) {
    const { at_least: atLeast, at_most: atMost } = written.not_null_proportion
    return named({
      kind: 'not_null_proportion',
      atLeast: decimalOf(String(atLeast)),
      atMost: decimalOf(String(atMost)),
    })
  }
  if ('freshness' in written) {
    if (column.data_type !== 'date' && column.data_type !== 'timestamp') throw refuse('freshness')
    const { warn_after: warnAfter = null, error_after: errorAfter = null } = written.freshness
    return named({ kind: 'freshness', warnAfter, errorAfter })
  }
  if (column.data_type !== 'integer' && column.data_type !== 'money') throw refuse('sum')
  const { min, max, equals = null } = written.sum
  if (isEmpty({ min: literal(min), max: literal(max) }, false))
    throw invalidAt(place, `sum of ${model}.${column.name}: ${emptyRange(min, max)}`)
  return named({
    kind: 'sum',
    min: literal(min),
    max: literal(max),
    equals: typeof equals === 'number' ? literal(equals) : equals,
  })
}

function modelTest(written: ModelCheck, place: number): Named {
  if ('expression_is_true' in written) {
    const { name, expression } = written.expression_is_true
    return { name: name ?? `expression_${place}`, test: { kind: 'expression_is_true', expression } }
  }
  if ('unique_combination' in written) {
    const { name, columns } = written.unique_combination
    return { name: name ?? `unique_${columns.join('_')}`, test: { kind: 'unique_combination', columns } }
  }
  const { name, min = null, max = null, equal_to: other } = written.row_count
  const equalTo = other === undefined ? null : referredModel(other)
  return { name: name ?? 'row_count', test: { kind: 'row_count', min, max, equalTo } }
}

/** Whether nothing lies between two literals. */
function isEmpty(
  { min, max }: { readonly min: string | null; readonly max: string | null },
  isStrict: boolean,
): boolean {
  if (min === null || max === null) return false
  if (isStrict && min === max) return true
  // Days, amounts and numbers are numbers inside; which of two texts is the first is for SQLite to say.
  return Number(min) > Number(max)
}

const emptyRange = (min: unknown, max: unknown) => `nothing lies between min ${String(min)} and max ${String(max)}`

function isPattern(text: string): boolean {
  try {
    return RE2JS.compile(text).groupCount() >= 0
  } catch (error) {
    if (error instanceof RE2JSException) return false
    throw error
  }
}

/** A value as the author wrote it, as an SQL literal of what the column holds: cents, days, hundredths of a percent. */
function literalOf(value: string | number, column: string, type: ColumnType, place: CheckPlace): string {
  const text = String(value)
  const inside = parseInside(type, text)
  if (inside === undefined) throw invalidAt(place, `${text} is not a ${type} to compare ${column} with`)
  return typeof inside === 'string' ? `'${inside.replaceAll("'", "''")}'` : String(inside)
}

function modelsReadBy(test: Check['test']): readonly string[] {
  if (test.kind === 'relationships') return [test.to]
  if (test.kind === 'row_count') return test.equalTo === null ? [] : [test.equalTo]
  const sql = test.kind === 'expression_is_true' ? test.expression : test.kind === 'sum' ? (test.equals ?? '') : ''
  return [...new Set([...sql.matchAll(/\{\{\s*ref\('([a-z0-9_]+)'\)\s*\}\}/g)].map((match) => match[1] ?? ''))]
}
