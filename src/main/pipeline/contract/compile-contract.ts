import type { ComparisonRule } from './contract-schema.ts'
import { compileForm, type Parse } from './compile-form.ts'
import type { Finding } from './finding.ts'
import { formMessage } from './form-message.ts'
import { parseDate } from './parse-date.ts'
import { domainOf } from './parse-email.ts'
import { parsePairs } from './parse-pairs.ts'
import type { ContractField, SourceContract } from './source-contract.ts'

export type StagedValue = string | number | null

/** What the contract says of one record. */
export interface Verdict {
  /** In the order of the contract's staged columns; meaningless where there is an error. */
  readonly values: StagedValue[]
  readonly findings: readonly Finding[]
  readonly isValid: boolean
}

/** What a verdict may hang on besides the record. */
export interface VerdictContext {
  /** Days since 1970-01-01. */
  readonly asOf: number
  readonly nullWords: readonly string[]
  /** For each look-up source: domain -> value. */
  readonly lookups: Readonly<Record<string, ReadonlyMap<string, string>>>
}

/** Judges a record by its cells, in the order of the contract's fields; null where the file has no such column. */
export type Judge = (cells: readonly (string | null)[]) => Verdict

interface FieldStep {
  readonly field: ContractField
  readonly cell: number
  readonly column: number
  readonly parse: Parse
  readonly message: string
  readonly notNullMessage: string
}

const noFindings: readonly Finding[] = []

/** Compiles a contract into a function that types, normalises and checks a record in one pass. */
export function compileContract(contract: SourceContract, context: VerdictContext): Judge {
  const columns = new Map(contract.staged.map((column, index) => [column.name, index]))
  const columnOf = (name: string) => columns.get(name) ?? -1
  const steps = contract.fields.map((field, cell): FieldStep => ({
    field,
    cell,
    column: columnOf(field.name),
    parse: compileForm(field.form),
    message: formMessage(field.name, field.form),
    notNullMessage: `${field.name} is missing.`,
  }))
  const known = steps.map(({ field }) =>
    field.form.kind === 'alias' ? new Set(Object.values(field.form.names)) : null,
  )
  const nullWords = new Set(context.nullWords)
  const inferences = steps.filter((step) => step.field.inference !== null)
  const fallbacks = steps.filter((step) => step.field.fallback !== null)
  const width = contract.staged.length

  function isNull(text: string): boolean {
    return text.length === 0 || (text.length < 16 && nullWords.has(text))
  }

  return (cells) => {
    const values: StagedValue[] = new Array<StagedValue>(width).fill(null)
    let findings: Finding[] | undefined
    let isValid = true
    const add = (step: FieldStep, rule: string, severity: Finding['severity'], message: string) => {
      findings ??= []
      findings.push({ field: step.field.name, rule, severity, message, rawValue: cells[step.cell] ?? null })
      if (severity === 'error') isValid = false
    }
    const compare = (step: FieldStep, rule: ComparisonRule, value: StagedValue) => {
      if (breaks(rule, value, values, columnOf, context.asOf)) add(step, rule.name, rule.severity, rule.description)
    }

    for (let index = 0; index < steps.length; index += 1) {
      const step = steps[index] as FieldStep
      const { field } = step
      const text = cells[step.cell]?.trim() ?? ''
      if (isNull(text)) {
        if (field.isRequired) add(step, 'not_null', 'error', step.notNullMessage)
        continue
      }
      if (field.form.kind === 'pairs') {
        const pairs = parsePairs(text)
        for (const [key, column] of Object.entries(field.form.columns))
          values[columnOf(column)] = pairs.get(key) ?? null
        continue
      }
      const value = step.parse(text)
      if (value === undefined) {
        add(step, field.formRule ?? 'invalid', 'error', step.message)
        continue
      }
      values[step.column] = value
      if (field.form.kind === 'alias' && known[index]?.has(value as string) === false)
        add(step, field.form.unknownRule, 'warning', step.message)
      for (const rule of field.comparisons) compare(step, rule, value)
    }

    for (const step of inferences) infer(step)
    if (isValid) for (const step of fallbacks) fallBack(step)
    return { values, findings: findings ?? noFindings, isValid }

    function infer(step: FieldStep): void {
      const inference = step.field.inference
      if (inference === null) return
      values[columnOf(inference.flag)] = 0
      if (!isNull(cells[step.cell]?.trim() ?? '')) return
      const email = values[columnOf(inference.emailColumn)]
      const inferred = typeof email === 'string' ? context.lookups[inference.source]?.get(domainOf(email)) : undefined
      if (inferred === undefined) {
        add(
          step,
          inference.rule,
          'error',
          `${step.field.name} is missing, and ${inference.source} does not know the domain of ${inference.emailColumn}.`,
        )
        return
      }
      values[step.column] = inferred
      values[columnOf(inference.flag)] = 1
    }

    function fallBack(step: FieldStep): void {
      if (values[step.column] !== null || step.field.fallback === null) return
      const text = values[columnOf(step.field.fallback)]
      const value = typeof text === 'string' ? parseDate(text) : undefined
      if (value === undefined) return
      if (!step.field.comparisons.some((rule) => breaks(rule, value, values, columnOf, context.asOf)))
        values[step.column] = value
    }
  }
}

function breaks(
  rule: ComparisonRule,
  value: StagedValue,
  values: readonly StagedValue[],
  columnOf: (name: string) => number,
  asOf: number,
): boolean {
  const is = rule.implementation
  if ('failsPrefix' in is) return typeof value === 'string' && is.failsPrefix.some((prefix) => value.startsWith(prefix))
  if (typeof value !== 'number') return false
  if ('failsBelow' in is) return value < is.failsBelow
  if ('failsAfter' in is) return value > asOf
  const other = values[columnOf(is.failsBefore)]
  return typeof other === 'number' && value < other
}
