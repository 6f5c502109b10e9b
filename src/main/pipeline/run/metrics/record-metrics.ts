import { heldStateOf } from '../../model/held-rows.ts'
import { distributionShift } from '../../drift/distribution-shift.ts'
import type { MeasuredRelation } from '../../metric/measure-relation.ts'
import { recordMetrics, takeBackMetrics, type MetricScope, type ShiftOf } from '../../metric/metric-records.ts'
import { poolColumns } from '../../metric/pool-columns.ts'
import { shownModel } from '../../model/shown-model.ts'
import type { Model } from '../../project/project.ts'
import { openSteps, stepNames } from '../../staging/run-steps.ts'
import type { ModelChanges } from '../models/build-models.ts'
import type { ModelsContext } from '../models/models-context.ts'
import { forgetMeasured, isMeasured } from './measured-runs.ts'
import { createStateMeter, type StateMeasuring } from './measure-states.ts'
import { countUpTo, createSharedMeter, largeRelation } from './shared-meter.ts'
import { modelSubject, rowsOf, sourceSubject, type MeasuredSubject } from './measured-relations.ts'

/** Measures what a run changed and keeps it; large relations are measured by a thread of their own meanwhile. */
export interface MetricsRecorder {
  /** Begins with large sources, and with a model that is built and large: a thread measures them while other models are built and checked. */
  begin(model: Model, changes: ModelChanges): void
  /** Measures all that changed, once everything is built and checked; resolves when it is recorded. */
  record(changes: ModelChanges): Promise<void>
  close(): Promise<void>
}

/** A recorder that records nothing. */
export const measureNothing: MetricsRecorder = {
  begin() {},
  record: () => Promise.resolve(),
  close: () => Promise.resolve(),
}

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
  const shared = createSharedMeter({ connection, databasePath, threadEntry, company })
  // What was recorded of a run that held rows back is what readers saw, not what is staged and built.
  const isBroughtForward =
    isMeasured(connection, publishedRun) && Object.keys(heldStateOf(connection, project, publishedRun)).length === 0
  const states = createStateMeter(context, { shared, company, isBroughtForward })

  takeBackMetrics(connection, runId)
  forgetMeasured(connection, runId)
  const { asOf } = context.compiler
  const dayOf = connection.prepare('SELECT as_of FROM assay_run WHERE run_id = ?').pluck()
  const shiftOf: ShiftOf = (earlier, after, since) => {
    const isDay = after.type === 'date' || after.type === 'timestamp'
    // Days go on from one delivery to the next; other values may come again.
    const before = poolColumns(isDay ? earlier.slice(0, 1) : earlier)
    return before === undefined ? null : distributionShift(before, after, asOf - Number(dayOf.get(since) ?? asOf))
  }

  async function measureSource(subject: MeasuredSubject): Promise<readonly Measured[]> {
    const state = await states.measure(subject, { isWhole: !isBroughtForward, canReuse: false })
    if (state === null || typeof subject.change === 'string') return state === null ? [] : [ofState(subject, state)]
    const { added } = subject.change
    const isAll = countUpTo(connection, added, state.rows + 1) === state.rows
    const delivered = isAll ? state : await shared.measure(added, subject.columns)
    return [ofState(subject, state), { relation: subject.name, scope: 'delivered', measured: delivered }]
  }

  async function measureModel(subject: MeasuredSubject, how: StateMeasuring): Promise<readonly Measured[]> {
    const state = await states.measure(subject, how)
    return state === null ? [] : [ofState(subject, state)]
  }

  let areSourcesBegun = false
  function beginSources(): void {
    if (areSourcesBegun) return
    areSourcesBegun = true
    for (const contract of project.contracts.values()) {
      const subject = sourceSubject(context, contract)
      if (countUpTo(connection, subject.relation, largeRelation) < largeRelation) continue
      states.begin(subject)
      // Views of it may show other values, which is seen only later.
      if (subject.change !== 'none') shared.prepare()
    }
  }

  return {
    begin(model, changes) {
      beginSources()
      // A small view is measured in no time, and may show what is not measured yet.
      const isLarge = rowsOf(context, model.name) >= largeRelation
      if (isLarge && shownModel(model) === null) states.begin(modelSubject(context, changes, model))
    },
    async record(changes) {
      shared.moveFromLog()
      shared.shareWork()
      const sources = [...project.contracts.values()].map((contract) => sourceSubject(context, contract))
      const measured = (await Promise.all(sources.map(measureSource))).flat()
      const held = heldStateOf(connection, project, runId)
      const isHeld = Object.keys(held).length > 0
      // Tables that mix parts were built again without those that are held.
      if (isHeld) shared.startOver()
      const reading = isHeld ? { ...context, compiler: context.compiler.narrowed(held) } : context
      // A view of held parts shows other versions than those that its table was measured by.
      const models = project.buildOrder
        .flatMap((name) => project.models.get(name) ?? [])
        .filter((model) => shownModel(model) === null)
        .map((model) => ({ ...model, subject: modelSubject(reading, changes, model) }))
      const how = { isWhole: isHeld || !isBroughtForward, canReuse: !isHeld }
      if (how.canReuse) for (const { subject } of models) states.beginRest(subject, how.isWhole)
      const ofModels: Promise<readonly Measured[]>[] = []
      const ofTables: Promise<readonly Measured[]>[] = []
      for (const { materialized, subject } of models) {
        // Views reuse what was measured of the tables they read.
        if (materialized === 'view') await Promise.all(ofTables)
        const result = measureModel(subject, how)
        // Awaited below; until then its failing must not count as one that nobody handles.
        result.catch(() => undefined)
        ofModels.push(result)
        if (materialized === 'table') ofTables.push(result)
      }
      measured.push(...(await Promise.all(ofModels)).flat())
      openSteps(connection, runId).once(stepNames.measure, () => {
        for (const { relation, scope, measured: metrics } of measured)
          recordMetrics(connection, runId, { relation, scope }, metrics, shiftOf)
        return true
      })
    },
    close: () => shared.close(),
  }
}

const ofState = ({ name }: MeasuredSubject, measured: MeasuredRelation): Measured => ({
  relation: name,
  scope: 'state',
  measured,
})
