import { judgeParts } from '../check/judge-parts.ts'
import type { SqlValue } from '../../store/database.ts'
import { mixedModels } from '../project/mixed-models.ts'
import type { Check } from '../project/project.ts'
import type { ModelsContext } from './build-models.ts'
import { findMoved } from './find-moved.ts'
import { rebuildWithoutHeld } from './rebuild-without-held.ts'
import { recordLog } from './run-record.ts'

/** A part that a check blocks. */
interface Part {
  readonly value: SqlValue
  readonly check: string
  /** The part that it is held with, since a row moved from one to the other; null where its own rows fail. */
  readonly linkedTo: SqlValue
}

/**
 * Holds back the parts whose rows fail a check that blocks parts: readers see them as they were, until a later run publishes without
 * holding them. Does nothing where something blocks the whole run: a check without `per`, or a failing row that belongs to no part.
 */
export function holdParts(context: ModelsContext): void {
  const { connection, runId, project, compiler } = context
  const checks = new Map(
    [...project.models.values()].flatMap((model) => model.checks.map((check) => [check.name, check])),
  )
  const failed = (
    connection
      .prepare("SELECT name FROM assay_run_check WHERE run_id = ? AND status = 'fail' AND blocking ORDER BY position")
      .pluck()
      .all(runId) as string[]
  ).flatMap((name) => checks.get(name) ?? [])
  const selective = failed.filter(({ per }) => per !== null)
  const column = columnOf(selective)
  // What mixes parts may be good once it is built again without those that are held.
  const mixed = mixedModels(project, column)
  if (selective.length === 0 || failed.some(({ per, model }) => per === null && !mixed.has(model))) return
  const parts = selective.flatMap((check) =>
    judgeParts(connection, runId, check, compiler)
      .filter(({ status }) => status === 'fail')
      .map(({ value }): Part => ({ value, check: check.name, linkedTo: null })),
  )
  const all = [...parts, ...linkedParts(context, column, parts)]
  if (all.some(({ value }) => value === null)) return
  recordParts(context, column, all)
  const words = [...new Set(all.map(({ value }) => String(value)))].slice(0, 20).join(', ')
  recordLog(connection, runId, 'warn', `Held back, as they were before: ${column} ${words}.`)
  rebuildWithoutHeld(context, column)
}

const columnOf = (checks: readonly Check[]) => checks[0]?.per ?? ''

/** Parts that rows moved to from those that are held, or from them to those: held alone, such a row would be seen twice or not at all. */
function linkedParts(context: ModelsContext, column: string, held: readonly Part[]): readonly Part[] {
  const moves = findMoved(context, column)
  const known = new Map(held.map((part) => [part.value, part]))
  const queue = [...known.values()]
  const linked: Part[] = []
  for (let part = queue.pop(); part !== undefined; part = queue.pop())
    for (const [one, other] of moves) {
      const value = one === part.value ? other : other === part.value ? one : undefined
      if (value === undefined || known.has(value)) continue
      const next = { value, check: part.check, linkedTo: part.value }
      known.set(value, next)
      linked.push(next)
      queue.push(next)
    }
  return linked
}

function recordParts({ connection, runId, publishedRun }: ModelsContext, column: string, parts: readonly Part[]): void {
  const insert = connection.prepare(
    `INSERT OR IGNORE INTO assay_run_blocked (run_id, column_name, value, check_name, since_run, linked_to)
    VALUES (:runId, :column, :value, :check, coalesce(
      (SELECT min(since_run) FROM assay_run_blocked WHERE run_id = :publishedRun AND value = :value), :publishedRun), :linkedTo)`,
  )
  for (const { value, check, linkedTo } of parts)
    insert.run({ runId, publishedRun, column, check, value: bound(value), linkedTo: bound(linkedTo) })
}

/** An integer as better-sqlite3 must be given it: a number would be bound as a REAL. */
function bound(value: SqlValue): SqlValue {
  return typeof value === 'number' ? BigInt(value) : value
}
