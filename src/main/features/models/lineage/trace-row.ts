import type { OutputOf } from '#protocol/method'
import type { Workbench } from '../../../pipeline/run/open-workbench.ts'
import type { LineageStep, modelsMethods, RowKey } from '../protocol.ts'
import { publishedState, type Relation } from '../../../pipeline/run/relation/relation.ts'
import { findRow } from './find-row.ts'
import { joinCondition } from './join-condition.ts'
import { readsOf } from './reads-of.ts'
import { matchRows, readRowSet, rowsOfValues, tracedRow, uniteRows, type RowSet } from './row-set.ts'

/** The rows reached so far of one model, by each of the models that read it. */
interface Reached {
  readonly sets: RowSet[]
  level: number
}

/**
 * Follows a row upstream, a published one unless another state is given: the rows that it was made of, those that these were made of, down to the staged rows. Of each step
 * the first `rowsShown` rows are given; all are counted.
 */
export function traceRow(
  workbench: Workbench,
  name: string,
  key: RowKey,
  { rowsShown = 100, state = publishedState(workbench) } = {},
): OutputOf<typeof modelsMethods.lineage> {
  const { connection, project } = workbench
  const start = state.relationOf(name)
  const values = findRow(connection, start, key)
  const reached = new Map<string, Reached>([
    [name, { sets: [rowsOfValues([...values.keys()], [[...values.values()]])], level: 0 }],
  ])
  const steps: LineageStep[] = []

  function follow(reader: Relation, rows: RowSet, read: Relation, level: number): void {
    const on = joinCondition(project, state, reader, read)
    const step = { model: read.name, layer: read.layer, columns: [...read.columns], via: reader.name, level, on }
    if (on === null) {
      steps.push({ ...step, total: 0, rows: [] })
      return
    }
    const path = project.models.get(reader.name)?.path ?? ''
    const what = `The lineage of ${reader.name} to ${read.name}`
    const found = readRowSet(connection, read, matchRows(read, rows, on, ['s', 'r']), rowsShown, { what, path })
    steps.push({ ...step, total: found.total, rows: [...found.rows] })
    if (found.total === 0) return
    const before = reached.get(read.name) ?? { sets: [], level }
    before.sets.push(found.set)
    before.level = Math.min(before.level, level)
    reached.set(read.name, before)
  }

  // Readers come before what they read, so that all ways to a model's rows are known when its own way on begins.
  for (const reader of [name, ...project.buildOrder.toReversed().filter((other) => other !== name)]) {
    const at = reached.get(reader)
    const rows = uniteRows(at?.sets ?? [])
    if (at === undefined || rows === null) continue
    for (const read of readsOf(project, reader))
      follow(state.relationOf(reader), rows, state.relationOf(read), at.level + 1)
  }
  steps.sort((one, other) => one.level - other.level)
  return { model: name, layer: start.layer, columns: [...start.columns], row: tracedRow(start, values), steps }
}
