import { inTransaction, quoteName, type Connection } from '../../../store/database.ts'
import { heldStateOf } from '../../model/held-rows.ts'
import { distributionShift } from '../../drift/distribution-shift.ts'
import { createRelationMeter, type MeasuredRelation, type RelationMeter } from '../../metric/measure-relation.ts'
import {
  measuredColumns,
  readMeasured,
  recordMetrics,
  takeBackMetrics,
  type MetricScope,
  type ShiftOf,
} from '../../metric/metric-records.ts'
import { poolColumns } from '../../metric/pool-columns.ts'
import { findReused, joinReused, type MeasuredTable, type ReusedColumns } from '../../metric/reuse-columns.ts'
import type { Model } from '../../project/project.ts'
import type { ModelChanges, ModelsContext } from '../build-models.ts'
import { countUpTo, createWholeMeter, largeRelation } from './measure-whole.ts'
import {
  modelSubject,
  shownModel,
  sourceSubject,
  type MeasuredSubject,
  type RelationChange,
} from './measured-relations.ts'

/** Measures what a run changed and keeps it; large relations are measured by a thread of their own meanwhile. */
export interface MetricsRecorder {
  /** Begins with the sources, once they are staged. */
  sources(): void
  /** Begins with a large model, once it is built: it is measured while others are built and checked. */
  begin(model: Model, changes: ModelChanges): void
  /** Goes on with all models, once they are built and checked; resolves when all is recorded. */
  models(changes: ModelChanges): Promise<void>
  close(): Promise<void>
}

/** A recorder that records nothing. */
export const measureNothing: MetricsRecorder = {
  sources() {},
  begin() {},
  models: () => Promise.resolve(),
  close: () => Promise.resolve(),
}

/** With more changed rows than one in so many of all it is quicker to measure all of them. */
const smallPart = 3

interface Measured {
  readonly relation: string
  readonly scope: MetricScope
  readonly measured: MeasuredRelation
}

/** A recorder of a run's metrics; `threadEntry` is the module of the threads of the job process. */
export function createMetricsRecorder(
  context: ModelsContext,
  { databasePath, threadEntry }: { readonly databasePath: string; readonly threadEntry: URL },
): MetricsRecorder {
  const { connection, runId, publishedRun, project } = context
  const company = project.config.company ?? null
  const whole = createWholeMeter({ connection, databasePath, threadEntry, company })
  const tables = new Map<string, MeasuredTable>()
  const results: Promise<readonly Measured[]>[] = []
  // What was recorded of a run that held rows back is what readers saw, not what is staged and built.
  const isBroughtForward = publishedRun > 0 && Object.keys(heldStateOf(connection, project, publishedRun)).length === 0

  takeBackMetrics(connection, runId)
  const { asOf } = context.compiler
  const dayOf = connection.prepare('SELECT as_of FROM assay_run WHERE run_id = ?').pluck()
  const shiftOf: ShiftOf = (earlier, after, since) => {
    const isDay = after.type === 'date' || after.type === 'timestamp'
    // Days go on from one delivery to the next; other values may come again.
    const before = poolColumns(isDay ? earlier.slice(0, 1) : earlier)
    return before === undefined ? null : distributionShift(before, after, asOf - Number(dayOf.get(since) ?? asOf))
  }

  const measureWhole = whole.measure

  function keep(subject: MeasuredSubject, measured: MeasuredRelation): MeasuredRelation {
    noteTable(subject, () => measured)
    return measured
  }

  function noteTable({ table, grain }: MeasuredSubject, measured: () => MeasuredRelation): void {
    if (table !== null) tables.set(table, { table, key: grain, measured })
  }

  /** The metrics of all rows: those of before brought forward where little changed; null where they stay as they are. */
  async function measureState(subject: MeasuredSubject, isWhole: boolean): Promise<MeasuredRelation | null> {
    const { name, columns, relation, change } = subject
    const isKnown = !isWhole && sameColumns(measuredColumns(connection, name), columns)
    if (isKnown && change === 'none') {
      noteTable(subject, () => readMeasured(connection, name) ?? nothing)
      return null
    }
    const before = isKnown ? readMeasured(connection, name) : undefined
    const small = before === undefined ? null : smallChange(change, before.rows)
    if (small === null) return keep(subject, await measureWhole(relation, columns))
    const meter = createRelationMeter(columns, company, before)
    meter.add(connection, small.added, 1)
    meter.add(connection, small.closed, -1)
    return keep(subject, takeWith(connection, meter, relation))
  }

  async function measureSource(subject: MeasuredSubject): Promise<readonly Measured[]> {
    const state = await measureState(subject, !isBroughtForward)
    if (state === null || typeof subject.change === 'string') return state === null ? [] : [ofState(subject, state)]
    const { added } = subject.change
    const isAll = countUpTo(connection, added, state.rows + 1) === state.rows
    const delivered = isAll ? state : await measureWhole(added, subject.columns)
    return [ofState(subject, state), { relation: subject.name, scope: 'delivered', measured: delivered }]
  }

  async function measureModel(
    subject: MeasuredSubject,
    isWhole: boolean,
    canReuse: boolean,
  ): Promise<readonly Measured[]> {
    const reused =
      canReuse && (subject.change === 'whole' || isWhole)
        ? findReused(connection, { ...subject, sql: subject.relation, rows: rowsOf(context, subject.name) }, tables)
        : null
    if (reused === null) {
      const state = await measureState(subject, isWhole)
      return state === null ? [] : [ofState(subject, state)]
    }
    const rest = restOf(subject, reused)
    const others =
      rest.length === 0 ? { ...nothing, rows: reused.measured.rows } : await measureWhole(subject.relation, rest)
    const measured = joinReused(subject.columns, reused, others)
    return [ofState(subject, keep(subject, measured))]
  }

  /** The columns of a view that have to be measured, its company among them. */
  function restOf({ columns }: MeasuredSubject, { origins }: ReusedColumns): MeasuredSubject['columns'] {
    return columns.filter(({ name }) => !origins.has(name) || name === company)
  }

  /** Has the thread begin with what must be measured whole, for what is likely: that no part will be held back. */
  function beginWith(subject: MeasuredSubject): void {
    const { name, relation, columns, change, table } = subject
    if (change === 'none') return
    if (table !== null) {
      const known = isBroughtForward ? readMeasured(connection, name) : undefined
      if (known === undefined || smallChange(change, known.rows) === null) void measureWhole(relation, columns)
      return
    }
    if (change !== 'whole') return
    const reused = findReused(connection, { ...subject, sql: relation, rows: rowsOf(context, name) }, tables)
    const rest = reused === null ? columns : restOf(subject, reused)
    if (rest.length > 0) void measureWhole(relation, rest)
  }

  return {
    sources() {
      for (const contract of project.contracts.values()) {
        const result = measureSource(sourceSubject(context, contract))
        // Awaited later; until then its failing must not count as one that nobody handles.
        result.catch(() => undefined)
        results.push(result)
      }
    },
    begin(model, changes) {
      // A small view is measured in no time, and may show what is not measured yet.
      const isLarge = rowsOf(context, model.name) >= largeRelation
      if (isLarge && shownModel(model) === null) beginWith(modelSubject(context, changes, model))
    },
    async models(changes) {
      const measured = (await Promise.all(results)).flat()
      whole.shareWork()
      const held = heldStateOf(connection, project, runId)
      const isHeld = Object.keys(held).length > 0
      // Tables that mix parts were built again without those that are held.
      if (isHeld) whole.startOver()
      const reading = isHeld ? { ...context, compiler: context.compiler.narrowed(held) } : context
      const ofModels: Promise<readonly Measured[]>[] = []
      const ofTables: Promise<readonly Measured[]>[] = []
      for (const name of project.buildOrder) {
        const model = project.models.get(name)
        if (model === undefined || shownModel(model) !== null) continue
        // Views reuse what was measured of the tables they read.
        if (model.materialized === 'view') await Promise.all(ofTables)
        // A view of held parts shows other versions than those that its table was measured by.
        const subject = modelSubject(reading, changes, model)
        const result = measureModel(subject, isHeld || !isBroughtForward, !isHeld)
        // Awaited below; until then its failing must not count as one that nobody handles.
        result.catch(() => undefined)
        ofModels.push(result)
        if (model.materialized === 'table') ofTables.push(result)
      }
      measured.push(...(await Promise.all(ofModels)).flat())
      inTransaction(connection, () => {
        for (const { relation, scope, measured: metrics } of measured)
          recordMetrics(connection, runId, { relation, scope }, metrics, shiftOf)
      })
    },
    close: () => whole.close(),
  }
}

/** What changed, where it is little beside all rows; null where it is quicker to measure all of them. */
function smallChange(change: MeasuredSubject['change'], rows: number): RelationChange | null {
  return typeof change === 'string' || change.size * smallPart > rows ? null : change
}

const ofState = ({ name }: MeasuredSubject, measured: MeasuredRelation): Measured => ({
  relation: name,
  scope: 'state',
  measured,
})

function sameColumns(some: MeasuredSubject['columns'], others: MeasuredSubject['columns']): boolean {
  const words = (columns: MeasuredSubject['columns']) => columns.map(({ name, type }) => `${name} ${type}`).join()
  return words(some) === words(others)
}

const nothing: MeasuredRelation = { rows: 0, columns: [], companies: new Map() }

function takeWith(connection: Connection, meter: RelationMeter, relation: string): MeasuredRelation {
  return meter.take((column) => {
    const name = quoteName(column)
    return connection.prepare(`SELECT min(${name}) AS min, max(${name}) AS max FROM ${relation}`).get() as {
      min: number | null
      max: number | null
    }
  })
}

function rowsOf({ connection, runId }: ModelsContext, model: string): number {
  return Number(
    connection.prepare('SELECT rows FROM assay_run_model WHERE run_id = ? AND model = ?').pluck().get(runId, model),
  )
}
