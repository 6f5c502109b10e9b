import type { OutputOf } from '#protocol/method'
import { AppError } from '../../../kernel/app-error.ts'
import { compileContract } from '../../../pipeline/contract/compile-contract.ts'
import { lookupSourcesOf, type SourceContract } from '../../../pipeline/contract/source-contract.ts'
import type { DeliveredRecord } from '../../../pipeline/archive/fetch-records.ts'
import type { Project } from '../../../pipeline/project/project.ts'
import type { Workbench } from '../../../pipeline/run/open-workbench.ts'
import { compileStagedKey } from '../../../pipeline/staging/staged-key.ts'
import { quoteName, type SqlValue } from '../../../store/database.ts'
import type { modelsMethods } from '../protocol.ts'
import { publishedState, type PublishedState, type Relation } from '../../../pipeline/run/relation/relation.ts'
import { joinCondition } from './join-condition.ts'
import { keptRecord } from './known-record.ts'
import { mendedCells } from './mended-cells.ts'
import { readsOf } from './reads-of.ts'
import { matchRows, readRowSet, rowsOfValues, uniteRows, type RowSet } from './row-set.ts'

type Touched = OutputOf<typeof modelsMethods.touched>

/** The most rows of a model that are given; all are counted. */
const rowsShown = 20

/** The published rows of facts and marts that a record in the quarantine touches, or would touch were it staged. */
export function findTouched(workbench: Workbench, id: number): Touched {
  const { connection, project } = workbench
  const record = keptRecord(workbench, id)
  if (record === null)
    throw new AppError('NOT_FOUND', `There is no quarantined row ${id}.`, {
      hint: 'The rows that there are: assay quarantine list.',
    })
  if (workbench.publishedRun() === 0) return { models: [], reason: 'Nothing is published yet.' }
  const contract = project.contracts.get(record.source)
  if (contract === undefined) return { models: [], reason: `The project has no source ${record.source} any more.` }
  const state = publishedState(workbench)
  const values = typedValues(workbench, state, contract, record)
  if (values === null) return { models: [], reason: 'The record cannot be parsed, so it names no company and no key.' }

  const touched = new Map<string, { readonly rows: RowSet; readonly isExact: boolean }>([
    [record.source, { rows: rowsOfValues([...values.keys()], [[...values.values()]]), isExact: true }],
  ])
  const models: Touched['models'] = []
  const deciding = new Set<string>()
  const leading = leadingToFacts(project)
  for (const name of project.buildOrder.filter((each) => leading.has(each))) {
    const reader = state.relationOf(name)
    const found = readsOf(project, name).flatMap((readName) => {
      const known = touched.get(readName)
      const read = state.relationOf(readName)
      const on = known === undefined ? null : joinCondition(project, state, reader, read)
      if (known === undefined || on === null) return []
      const named = readName === record.source ? columnsNamed(on) : []
      for (const column of named) deciding.add(column)
      if (named.every((column) => (values.get(column) ?? null) !== null))
        return [{ rows: matchRows(reader, known.rows, on, ['r', 's']), isExact: known.isExact }]
      const rows = rowsOfSameKey(reader, read, values)
      return rows === null ? [] : [{ rows, isExact: false }]
    })
    const rows = uniteRows(found.map((each) => each.rows))
    if (rows === null) continue
    const isExact = found.every((each) => each.isExact)
    const path = project.models.get(name)?.path ?? ''
    const read = readRowSet(connection, reader, rows, rowsShown, { what: `The lineage of ${name}`, path })
    if (read.total === 0) continue
    touched.set(name, { rows: read.set, isExact })
    if (reader.layer === 'fact' || reader.layer === 'mart')
      models.push({
        model: name,
        layer: reader.layer,
        columns: [...reader.columns],
        total: read.total,
        rows: [...read.rows],
        is_exact: isExact,
      })
  }
  return { models, reason: models.length > 0 ? null : whyNone(deciding, values) }
}

/** The facts and marts, and all that they are made of. */
function leadingToFacts(project: Project): ReadonlySet<string> {
  const leading = new Set<string>()
  for (const name of project.buildOrder.toReversed()) {
    const layer = project.models.get(name)?.layer
    if (layer === 'fact' || layer === 'mart') leading.add(name)
    if (leading.has(name)) for (const read of readsOf(project, name)) leading.add(read)
  }
  return leading
}

/** The values by staged column that the record's cells give, corrections included; null where a cell is missing or broken. */
function typedValues(
  workbench: Workbench,
  state: PublishedState,
  contract: SourceContract,
  record: DeliveredRecord,
): ReadonlyMap<string, SqlValue> | null {
  const cells = mendedCells(workbench, contract, record, 'in force', state.asOf)
  if (cells === null) return null
  const lookups = Object.fromEntries(
    lookupSourcesOf(contract).map((name) => [name, readLookup(workbench, state, name)]),
  )
  const { null_words: nullWords } = workbench.project.config
  const judge = compileContract(contract, { asOf: state.asOf, nullWords, lookups })
  const { values } = judge(contract.fields.map((field) => cells[field.name] ?? null))
  const typed = new Map<string, SqlValue>(contract.staged.map(({ name }, index) => [name, values[index] ?? null]))
  typed.set('row_id', `${record.file}:${record.line}`)
  typed.set('staged_key', compileStagedKey(contract)?.(values) ?? null)
  return typed
}

function readLookup(workbench: Workbench, state: PublishedState, name: string): ReadonlyMap<string, string> {
  const [from, to] = workbench.project.contracts.get(name)?.staged ?? []
  if (from === undefined || to === undefined) return new Map()
  const sql = `SELECT ${quoteName(from.name)}, ${quoteName(to.name)} FROM ${state.relationOf(name).sql}`
  return new Map(workbench.connection.prepare(sql).raw().all() as [string, string][])
}

/** The columns of the read row `s` that a condition names. */
function columnsNamed(on: string): readonly string[] {
  return [...on.matchAll(/\bs\.(?:"([^"]+)"|(\w+))/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')
}

/** All rows of the reader that agree with the record in those columns of its key that the source has; null where there is none to go by. */
function rowsOfSameKey(reader: Relation, read: Relation, values: ReadonlyMap<string, SqlValue>): RowSet | null {
  const shared = reader.key
    .map((column) => column.name)
    .filter((name) => read.allColumns.includes(name) && (values.get(name) ?? null) !== null)
  if (shared.length === 0) return null
  const known = rowsOfValues([...values.keys()], [[...values.values()]])
  const condition = shared.map((name) => `s.${quoteName(name)} = r.${quoteName(name)}`).join(' AND ')
  return matchRows(reader, known, condition, ['r', 's'])
}

function whyNone(deciding: ReadonlySet<string>, values: ReadonlyMap<string, SqlValue>): string {
  const missing = [...deciding].filter((name) => (values.get(name) ?? null) === null)
  if (missing.length === 0) return 'No published row has its company, its day or its key.'
  return `${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing or broken, so it belongs to no published row.`
}
