import type { ComparisonRule } from './contract-schema.ts'
import { compileForm, type Parse } from './compile-form.ts'
import type { Finding } from './finding.ts'
import { formMessage } from './form-message.ts'
import { parseDate } from './parse-date.ts'
import { domainOf } from './parse-email.ts'
import { parsePairs } from './parse-pairs.ts'
import { heldByLimit, heldCompanyMessage, type HeldCompanies } from './ingestion-limit.ts'
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
  /** Companies whose rows are held back by a limit, however good they are. */
  readonly heldCompanies?: HeldCompanies | null
}

/**
 * Judges a record by its cells, in the order of the contract's fields; null where the file has no such column. `waived` names the rules,
 * as `field: rule`, that are not held against it: of a value that has its type they are warnings.
 */
export type Judge = (cells: readonly (string | null)[], waived?: ReadonlySet<string>) => Verdict

interface FieldStep {
  readonly field: ContractField
  readonly cell: number
  readonly column: number
  readonly parse: Parse
  readonly message: string
  readonly notNullMessage: string
  readonly pairs: readonly { readonly key: string; readonly column: number }[] | null
  /** The names that an alias table knows. */
  readonly known: ReadonlySet<StagedValue> | null
  readonly unknownRule: string
}

const noFindings: readonly Finding[] = []

/** Compiles a contract into a function that types, normalises and checks a record in one pass. */
export function compileContract(contract: SourceContract, context: VerdictContext): Judge {
  const columns = new Map(contract.staged.map((column, index) => [column.name, index]))
  const columnOf = (name: string) => columns.get(name) ?? -1
  const steps = contract.fields.map((field, cell) => stepOf(field, cell, columnOf))
  const inferences = steps.filter((step) => step.field.inference !== null)
  const fallbacks = steps.filter((step) => step.field.fallback !== null)
  const isNull = compileNullWords(context.nullWords)
  const width = contract.staged.length
  const held = compileHeld(context.heldCompanies ?? null, columnOf)

  // The record that is being judged. Kept here and not in closures made anew for each record, which cost as much as the judging.
  let cells: readonly (string | null)[] = []
  let values: StagedValue[] = []
  let findings: Finding[] | null = null
  let isValid = true
  let waivedRules: ReadonlySet<string> | null = null

  function add(step: FieldStep, rule: string, severity: Finding['severity'], message: string): void {
    findings ??= []
    findings.push({ field: step.field.name, rule, severity, message, rawValue: cells[step.cell] ?? null })
    if (severity === 'error') isValid = false
  }

  function judgeField(step: FieldStep): void {
    const { field } = step
    const text = cells[step.cell]?.trim() ?? ''
    if (isNull(text)) {
      if (field.isRequired) add(step, 'not_null', 'error', step.notNullMessage)
      return
    }
    if (step.pairs !== null) {
      const pairs = parsePairs(text)
      for (const { key, column } of step.pairs) values[column] = pairs.get(key) ?? null
      return
    }
    const value = step.parse(text) ?? repaired(step, text)
    if (value === undefined) {
      add(step, field.formRule ?? 'invalid', 'error', step.message)
      return
    }
    values[step.column] = value
    if (step.known !== null && !step.known.has(value)) add(step, step.unknownRule, 'warning', step.message)
    for (const rule of field.comparisons)
      if (breaks(rule, value, values, columnOf, context.asOf)) {
        const isWaived = waivedRules?.has(`${field.name}: ${rule.name}`) === true
        add(step, rule.name, isWaived ? 'warning' : rule.severity, rule.description)
      }
  }

  /** The value of a text that is of no form but that a repair rule of the contract knows. */
  function repaired(step: FieldStep, text: string): string | number | undefined {
    const { repairs } = step.field
    const mended = Object.hasOwn(repairs, text) ? repairs[text] : undefined
    if (mended === undefined) return undefined
    const value = step.parse(mended)
    if (value !== undefined)
      add(step, 'repaired', 'warning', `${step.field.name} was repaired by a rule of the contract.`)
    return value
  }

  function infer(step: FieldStep): void {
    const { inference } = step.field
    if (inference === null) return
    values[columnOf(inference.flag)] = 0
    if (!isNull(cells[step.cell]?.trim() ?? '')) return
    const email = values[columnOf(inference.emailColumn)]
    const inferred = typeof email === 'string' ? context.lookups[inference.source]?.get(domainOf(email)) : undefined
    if (inferred === undefined) {
      const message = `${step.field.name} is missing, and ${inference.source} does not know the domain of ${inference.emailColumn}.`
      add(step, inference.rule, 'error', message)
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

  function hold({ field, column, companies }: Held): void {
    const company = values[column]
    if (typeof company !== 'string' || !companies.has(company)) return
    const isWaived = waivedRules?.has(`${field}: ${heldByLimit}`) === true
    const severity = isWaived ? 'warning' : 'error'
    findings ??= []
    // The company in its normal form: by it these rows are found again when the limit is lifted.
    findings.push({ field, rule: heldByLimit, severity, message: heldCompanyMessage, rawValue: company })
    if (!isWaived) isValid = false
  }

  return (record, waived) => {
    cells = record
    waivedRules = waived ?? null
    values = new Array<StagedValue>(width).fill(null)
    findings = null
    isValid = true
    for (const step of steps) judgeField(step)
    for (const step of inferences) infer(step)
    if (isValid) for (const step of fallbacks) fallBack(step)
    if (held !== null && isValid) hold(held)
    return { values, findings: findings ?? noFindings, isValid }
  }
}

interface Held {
  readonly field: string
  readonly column: number
  readonly companies: ReadonlySet<string>
}

function compileHeld(held: HeldCompanies | null, columnOf: (name: string) => number): Held | null {
  return held === null ? null : { field: held.column, column: columnOf(held.column), companies: new Set(held.values) }
}

function stepOf(field: ContractField, cell: number, columnOf: (name: string) => number): FieldStep {
  const { form } = field
  return {
    field,
    cell,
    column: columnOf(field.name),
    parse: compileForm(form),
    message: formMessage(field.name, form),
    notNullMessage: `${field.name} is missing.`,
    pairs:
      form.kind === 'pairs'
        ? Object.entries(form.columns).map(([key, name]) => ({ key, column: columnOf(name) }))
        : null,
    known: form.kind === 'alias' ? new Set<StagedValue>(Object.values(form.names)) : null,
    unknownRule: form.kind === 'alias' ? form.unknownRule : '',
  }
}

/** Whether trimmed text means "no value". The first character decides nearly always, without hashing the text. */
function compileNullWords(words: readonly string[]): (text: string) => boolean {
  const known = new Set(words)
  const first = new Uint8Array(65_536)
  for (const word of words) if (word !== '') first[word.charCodeAt(0)] = 1
  return (text) => text.length === 0 || (first[text.charCodeAt(0)] === 1 && known.has(text))
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
