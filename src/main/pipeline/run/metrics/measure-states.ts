import type { MeasuredRelation } from '../../metric/measure-relation.ts'
import type { RowsByCompany } from '../../metric/measure-rows.ts'
import { measuredColumns, measuredRows, readMeasured } from '../../metric/metric-records.ts'
import { findReused, joinReused, type ReusedColumns, type ShownTable } from '../../metric/reuse-columns.ts'
import type { ModelsContext } from '../models/models-context.ts'
import { largeChange, type SharedMeter } from './shared-meter.ts'
import { rowsOf, type MeasuredSubject, type RelationChange } from './measured-relations.ts'

/** How a relation is measured. isWhole: what is known of it counts no more. canReuse: a view may show what was measured of a table. */
export interface StateMeasuring {
  readonly isWhole: boolean
  readonly canReuse: boolean
}

/** Measures all rows of sources and models. */
export interface StateMeter {
  /** Has a thread begin with what is much to measure, for what is likely: that no part will be held back. */
  begin(subject: MeasuredSubject): void
  /** Has it begin with what a view shows beside the columns of a table that is measured by now. */
  beginRest(subject: MeasuredSubject, isWhole: boolean): void
  /** The metrics of all rows: those of before brought forward where little changed; null where they stay as they are. */
  measure(subject: MeasuredSubject, how: StateMeasuring): Promise<MeasuredRelation | null>
}

/** With more changed rows than one in so many of all it is quicker to measure all of them. */
const smallPart = 3

interface MeasuredTable extends ShownTable {
  /** Null until it is measured; read when it is needed. */
  readonly measured: (() => MeasuredRelation) | null
}

/** A meter of a run's sources and models; `isBroughtForward`: what is recorded is that of the rows before the run. */
export function createStateMeter(
  context: ModelsContext,
  { shared, company, isBroughtForward }: { shared: SharedMeter; company: string | null; isBroughtForward: boolean },
): StateMeter {
  const { connection } = context
  const tables = new Map<string, MeasuredTable>()

  function keep(subject: MeasuredSubject, measured: MeasuredRelation): MeasuredRelation {
    noteTable(subject, () => measured)
    return measured
  }

  function noteTable({ table, grain }: MeasuredSubject, measured: () => MeasuredRelation): void {
    if (table !== null) tables.set(table, { table, key: grain, measured })
  }

  /** What changed of a relation that was measured, where it is little beside all rows; null where it is quicker to measure all of them. */
  function smallChange({ name, columns, change }: MeasuredSubject): RelationChange | null {
    const rows = typeof change === 'string' ? undefined : measuredRows(connection, name)
    if (typeof change === 'string' || rows === undefined || change.size * smallPart > rows) return null
    return sameColumns(measuredColumns(connection, name), columns) ? change : null
  }

  function forward({ name, relation, columns }: MeasuredSubject, change: RelationChange): Promise<MeasuredRelation> {
    const { added, closed, size } = change
    return shared.measureChange({ name, relation, columns, added, closed }, size)
  }

  /** The metrics of all rows: those of before brought forward where little changed; null where they stay as they are. */
  async function measureState(subject: MeasuredSubject, isWhole: boolean): Promise<MeasuredRelation | null> {
    const { name, columns, relation, change } = subject
    if (!isWhole && change === 'none' && sameColumns(measuredColumns(connection, name), columns)) {
      noteTable(subject, () => readMeasured(connection, name) ?? nothing)
      return null
    }
    const small = isWhole ? null : smallChange(subject)
    return keep(subject, await (small === null ? shared.measure(relation, columns) : forward(subject, small)))
  }

  /** What is measured already of a view that must be measured whole; null where nothing is. */
  function reusedOf(subject: MeasuredSubject, isWhole: boolean): ReusedColumns | null {
    const found = subject.change === 'whole' || isWhole ? findReused(connection, subject, tables) : null
    const measured = found?.from.measured?.()
    if (found === null || measured?.rows !== rowsOf(context, subject.name)) return null
    return { measured, origins: found.origins }
  }

  /** Measures the columns of a view that are not reused, and its company. */
  async function measureRest(
    { columns, relation }: MeasuredSubject,
    { measured: ofTable, origins }: ReusedColumns,
  ): Promise<MeasuredRelation> {
    const rest = columns.filter(({ name }) => !origins.has(name) || name === company)
    if (rest.length === 0) return { ...nothing, rows: ofTable.rows }
    const isSameCompany = company === null || origins.get(company) === company
    return shared.measure(relation, rest, isSameCompany ? rowsByCompanyOf(ofTable) : null)
  }

  return {
    begin(subject) {
      const { relation, columns, change, table } = subject
      if (table !== null) {
        tables.set(table, { table, key: subject.grain, measured: null })
        if (change === 'none') return
        const small = isBroughtForward ? smallChange(subject) : null
        if (small === null) void shared.measure(relation, columns)
        else if (small.size >= largeChange) void forward(subject, small)
      } else if (change === 'whole' && findReused(connection, subject, tables) === null)
        void shared.measure(relation, columns)
    },
    beginRest(subject, isWhole) {
      const reused = subject.table === null ? reusedOf(subject, isWhole) : null
      // It is asked for again, and fails there.
      if (reused !== null) measureRest(subject, reused).catch(() => undefined)
    },
    async measure(subject, { isWhole, canReuse }) {
      const reused = canReuse ? reusedOf(subject, isWhole) : null
      if (reused === null) return measureState(subject, isWhole)
      return keep(subject, joinReused(subject.columns, reused, await measureRest(subject, reused)))
    },
  }
}

function sameColumns(some: MeasuredSubject['columns'], others: MeasuredSubject['columns']): boolean {
  const words = (columns: MeasuredSubject['columns']) => columns.map(({ name, type }) => `${name} ${type}`).join()
  return words(some) === words(others)
}

const nothing: MeasuredRelation = { rows: 0, columns: [], companies: new Map() }

function rowsByCompanyOf({ rows, companies }: MeasuredRelation): RowsByCompany {
  const known = [...companies].map(([company, measures]) => [company, measures[0] ?? 0] as const)
  return [...known, [null, rows - known.reduce((sum, [, ofOne]) => sum + ofOne, 0)]]
}
