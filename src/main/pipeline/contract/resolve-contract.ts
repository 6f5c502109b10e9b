import { AppError } from '../../kernel/app-error.ts'
import type { ColumnType } from '../../kernel/column-type.ts'
import type { ComparisonRule, ContractFile, ContractProperty } from './contract-schema.ts'
import type { GateSettings } from './gate-settings.ts'
import type { CellForm, ContractField, SourceContract, StagedColumn } from './source-contract.ts'

type AliasTables = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>
type CustomName = ContractProperty['customProperties'][number]['property']
type CustomValue<Name extends CustomName> = Extract<
  ContractProperty['customProperties'][number],
  { property: Name }
>['value']

function custom<Name extends CustomName>(property: ContractProperty, wanted: Name): CustomValue<Name> | null {
  const found = property.customProperties.find((entry) => entry.property === wanted)
  return (found?.value ?? null) as CustomValue<Name> | null
}

function invalid(path: string, message: string): AppError {
  return new AppError('PROJECT_INVALID', `${path}: ${message}`, {
    place: { file: path },
    saved: 'No run was started.',
    hint: 'Mend the contract, then start again.',
  })
}

/** Turns a contract file into the form that the reader and the staging work with; `path` is for the errors. */
export function resolveContract(file: ContractFile, aliases: AliasTables, path: string): SourceContract {
  const [schema] = file.schema
  if (schema === undefined) throw invalid(path, 'the contract has no schema')
  const option = (name: string) => schema.customProperties.find((entry) => entry.property === name)?.value
  const files = option('files')
  if (typeof files !== 'string') throw invalid(path, 'customProperties has no `files` pattern')
  const keyed = schema.properties.filter((property) => property.primaryKey)
  const contract: SourceContract = {
    name: file.name,
    description: schema.description,
    files,
    layout: option('layout') === 'map' ? 'map' : 'records',
    fields: schema.properties.map((property) => resolveField(property, aliases, path)),
    requiredInFile: schema.properties
      .filter((property) => custom(property, 'requiredInFile') === true)
      .map((property) => property.name),
    staged: schema.properties.flatMap(stagedColumnsOf),
    key: keyed
      .toSorted((a, b) => (a.primaryKeyPosition ?? 0) - (b.primaryKeyPosition ?? 0))
      .map((property) => property.name),
    fallbackKey: (option('fallbackKey') as readonly string[] | undefined) ?? null,
    recency: (option('recency') as readonly string[] | undefined) ?? [],
    indexes: (option('indexes') as readonly (readonly string[])[] | undefined) ?? [],
    gates: {
      freshness: (option('freshness') as GateSettings['freshness'] | undefined) ?? null,
      delivery: (option('delivery') as GateSettings['delivery'] | undefined) ?? null,
      columns: (option('columns') as GateSettings['columns'] | undefined) ?? 'evolve',
      per: (option('per') as string | undefined) ?? null,
    },
  }
  checkReferences(contract, path)
  return contract
}

function checkReferences(contract: SourceContract, path: string): void {
  if (contract.key.length === 0) throw invalid(path, 'no property has primaryKey: true')
  const staged = new Map(contract.staged.map((column) => [column.name, column.type]))
  if (staged.size !== contract.staged.length) throw invalid(path, 'two staged columns have the same name')
  const fields = new Map(contract.fields.map((field) => [field.name, field]))
  for (const name of [...contract.key, ...(contract.fallbackKey ?? [])])
    if (!staged.has(name)) throw invalid(path, `the key names ${name}, which is not a column of the contract`)
  for (const name of contract.indexes.flat())
    if (!staged.has(name)) throw invalid(path, `an index names ${name}, which is not a column of the contract`)
  for (const name of contract.recency)
    if (!['date', 'timestamp'].includes(staged.get(name) ?? ''))
      throw invalid(path, `recency names ${name}, which is not a date or timestamp`)
  if (contract.fallbackKey === null && contract.key.some((name) => fields.get(name)?.isRequired !== true))
    throw invalid(path, 'a key column must be required: true, or the schema needs a fallbackKey')
  const { per } = contract.gates
  if (per !== null && staged.get(per) !== 'text')
    throw invalid(path, `per names ${per}, which is not a text column of the contract`)
  for (const field of contract.fields) {
    const email = field.inference?.emailColumn
    if (email !== undefined && fields.get(email)?.form.kind !== 'email')
      throw invalid(path, `${field.name} is inferred from ${email}, which is not an e-mail column`)
    if (field.fallback !== null && staged.get(field.fallback) !== 'text')
      throw invalid(path, `${field.name} falls back to ${field.fallback}, which is not a column of pairs`)
    for (const rule of field.comparisons)
      if (
        'failsBefore' in rule.implementation &&
        fields.get(rule.implementation.failsBefore)?.form.kind !== field.form.kind
      )
        throw invalid(
          path,
          `rule ${rule.name} compares ${field.name} with ${rule.implementation.failsBefore}, which is not of the same type`,
        )
  }
}

function resolveField(property: ContractProperty, aliases: AliasTables, path: string): ContractField {
  const form = resolveForm(property, aliases, path)
  return {
    name: property.name,
    description: property.description,
    form,
    isRequired: property.required,
    formRule:
      form.kind === 'text' || form.kind === 'alias' || form.kind === 'pairs'
        ? null
        : (custom(property, 'formRule') ?? defaultFormRule(property, form)),
    comparisons: property.quality.filter((rule): rule is ComparisonRule => rule.type === 'custom'),
    inference: custom(property, 'inferredFrom'),
    fallback: custom(property, 'fallback'),
    repairs: custom(property, 'repairs') ?? {},
  }
}

function defaultFormRule(property: ContractProperty, form: CellForm): string {
  if (form.kind === 'accepted')
    return property.quality.find((rule) => rule.type === 'library')?.name ?? 'accepted_values'
  return form.kind === 'money' ? 'invalid_amount' : `invalid_${form.kind}`
}

function resolveForm(property: ContractProperty, aliases: AliasTables, path: string): CellForm {
  if (property.logicalType === 'date') return { kind: 'date' }
  if (property.logicalType === 'timestamp') return { kind: 'timestamp' }
  if (property.logicalType === 'integer') return { kind: 'integer' }
  const format = custom(property, 'format')
  if (format !== null) return { kind: format }
  if (property.logicalType === 'number')
    throw invalid(path, `${property.name}: a number needs the custom property format: money`)
  const pairs = custom(property, 'pairs')
  if (pairs !== null) return { kind: 'pairs', columns: pairs }
  const alias = custom(property, 'aliases')
  if (alias !== null) {
    const table = aliases[alias.table]
    if (table === undefined)
      throw invalid(path, `${property.name} names the alias table ${alias.table}, which project.yml does not have`)
    const names = Object.entries(table).flatMap(([known, variants]) =>
      [known, ...variants].map((variant) => [variant.toLowerCase(), known] as const),
    )
    return { kind: 'alias', names: Object.fromEntries(names), unknownRule: alias.unknown }
  }
  const accepted = property.quality.find((rule) => rule.type === 'library')
  if (accepted !== undefined) return { kind: 'accepted', values: accepted.arguments.validValues }
  const { pattern } = property.logicalTypeOptions
  if (pattern === undefined) return { kind: 'text' }
  try {
    new RegExp(pattern, 'u')
  } catch (error) {
    throw invalid(
      path,
      `${property.name}: the pattern is not a regular expression (${error instanceof Error ? error.message : String(error)})`,
    )
  }
  return { kind: 'pattern', pattern, normalForm: custom(property, 'normalForm') ?? '$0' }
}

function stagedTypeOf(property: ContractProperty): ColumnType {
  if (property.logicalType === 'date' || property.logicalType === 'timestamp' || property.logicalType === 'integer')
    return property.logicalType
  return custom(property, 'format') === 'money' ? 'money' : 'text'
}

function stagedColumnsOf(property: ContractProperty): readonly StagedColumn[] {
  const isPersonal = property.classification === 'personal'
  const text = (name: string, description: string): StagedColumn => ({
    name,
    type: 'text',
    description,
    isCarried: false,
    isPersonal,
  })
  const pairs = custom(property, 'pairs')
  if (pairs !== null) return Object.entries(pairs).map(([key, column]) => text(column, `${key} in ${property.name}`))
  const column: StagedColumn = {
    name: property.name,
    type: stagedTypeOf(property),
    description: property.description,
    isCarried: custom(property, 'carryForward') === true,
    isPersonal,
  }
  const inference = custom(property, 'inferredFrom')
  if (inference === null) return [column]
  const flag: StagedColumn = {
    name: inference.flag,
    type: 'boolean',
    description: `${property.name} was inferred from ${inference.source}`,
    isCarried: false,
    isPersonal: false,
  }
  return [column, flag]
}
