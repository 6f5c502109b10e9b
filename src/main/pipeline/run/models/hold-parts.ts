import { judgeParts } from '../../check/judge-parts.ts'
import type { SqlValue } from '../../../store/database.ts'
import { mixedModels } from '../../project/mixed-models.ts'
import { partColumnOf } from '../../project/part-column.ts'
import type { Check } from '../../project/project.ts'
import type { ModelsContext } from './models-context.ts'
import { findMoved } from './find-moved.ts'
import { heldByGates } from '../gates/held-by-gates.ts'
import { rebuildWithoutHeld } from './rebuild-without-held.ts'
import { recordLog } from '../record/run-record.ts'

/** A part that a check or a gate blocks. */
interface Part {
  readonly value: SqlValue
  /** The check, or the gate in words. */
  readonly check: string
  /** The source before which the gate stands; null for a check. */
  readonly source: string | null
  /** The part that it is held with, since a row moved from one to the other; null where it is what is broken. */
  readonly linkedTo: SqlValue
}

/**
 * Holds back the parts whose feed a gate holds and those whose rows fail a check that blocks parts: readers see them as they were, until a
 * later run publishes without holding them. No check holds parts where something blocks the whole run: a check without `per`, or a
 * failing row that belongs to no part.
 */
export function holdParts(context: ModelsContext): void {
  const { connection, runId, project } = context
  const checks = new Map(
    [...project.models.values()].flatMap((model) => model.checks.map((check) => [check.name, check])),
  )
  const failed = (
    connection
      .prepare("SELECT name FROM assay_run_check WHERE run_id = ? AND status = 'fail' AND blocking ORDER BY position")
      .pluck()
      .all(runId) as string[]
  ).flatMap((name) => checks.get(name) ?? [])
  const column = partColumnOf(project)
  if (column === null) return
  // What mixes parts may be good once it is built again without those that are held.
  const mixed = mixedModels(project, column)
  const blocking = failed.filter(({ per, model }) => per === null && !mixed.has(model))
  const failing = blocking.length > 0 ? [] : withLinked(context, column, failingParts(context, failed))
  // A row without a value in the column can be held with no part.
  const all = [
    ...withLinked(context, column, partsOfGates(context)).filter(({ value }) => value !== null),
    ...(failing.some(({ value }) => value === null) ? [] : failing),
  ]
  if (all.length === 0) return
  recordParts(context, column, all)
  const words = [...new Set(all.map(({ value }) => String(value)))].slice(0, 20).join(', ')
  recordLog(connection, runId, 'warn', `Held back, as they were before: ${column} ${words}.`)
  rebuildWithoutHeld(context, column, blocking)
}

function partsOfGates({ connection, runId }: ModelsContext): readonly Part[] {
  return heldByGates(connection, runId).map(({ source, company }) => ({
    value: company,
    check: `gate of ${source}`,
    source,
    linkedTo: null,
  }))
}

function failingParts({ connection, runId, compiler }: ModelsContext, failed: readonly Check[]): readonly Part[] {
  return failed
    .filter(({ per }) => per !== null)
    .flatMap((check) =>
      judgeParts(connection, runId, check, compiler)
        .filter(({ status }) => status === 'fail')
        .map(({ value }): Part => ({ value, check: check.name, source: null, linkedTo: null })),
    )
}

/** With the parts that rows moved to from those that are held, or from them to those: held alone, such a row would be seen twice or not at all. */
function withLinked(context: ModelsContext, column: string, held: readonly Part[]): readonly Part[] {
  if (held.length === 0) return []
  const moves = findMoved(context, column)
  const known = new Map(held.map((part) => [part.value, part]))
  const queue = [...known.values()]
  const linked: Part[] = []
  for (let part = queue.pop(); part !== undefined; part = queue.pop())
    for (const [one, other] of moves) {
      const value = one === part.value ? other : other === part.value ? one : undefined
      if (value === undefined || known.has(value)) continue
      const next = { ...part, value, linkedTo: part.value }
      known.set(value, next)
      linked.push(next)
      queue.push(next)
    }
  return [...held, ...linked]
}

function recordParts({ connection, runId, publishedRun }: ModelsContext, column: string, parts: readonly Part[]): void {
  const insert = connection.prepare(
    `INSERT OR IGNORE INTO assay_run_blocked (run_id, column_name, value, check_name, source, since_run, linked_to)
    VALUES (:runId, :column, :value, :check, :source, coalesce(
      (SELECT min(since_run) FROM assay_run_blocked WHERE run_id = :publishedRun AND value = :value), :publishedRun), :linkedTo)`,
  )
  for (const { value, check, source, linkedTo } of parts)
    insert.run({ runId, publishedRun, column, check, source, value: bound(value), linkedTo: bound(linkedTo) })
}

/** An integer as better-sqlite3 must be given it: a number would be bound as a REAL. */
function bound(value: SqlValue): SqlValue {
  return typeof value === 'number' ? BigInt(value) : value
}
