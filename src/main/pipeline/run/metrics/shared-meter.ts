import type { Connection } from '../../../store/database.ts'
import type { MeasuredRelation, MeteredColumn } from '../../metric/measure-relation.ts'
import { measureChange, type ChangedRows } from '../../metric/measure-change.ts'
import { measureRows, type MeasuredRows, type RowsByCompany } from '../../metric/measure-rows.ts'
import { openMeasuringThread } from '../../metric/measuring-thread.ts'

/** Measures relations: what is large by a thread of its own, each once. */
export interface SharedMeter {
  /** Of all rows. The answer may be asked for again, and be awaited later. `rowsByCompany`: where it is known. */
  measure(
    relation: string,
    columns: readonly MeteredColumn[],
    rowsByCompany?: RowsByCompany | null,
  ): Promise<MeasuredRelation>
  /** Of all rows, brought forward by those that changed, about `size`. The answer may be asked for again, and be awaited later. */
  measureChange(changed: Omit<ChangedRows, 'company'>, size: number): Promise<MeasuredRelation>
  /** Something large will have to be measured: the thread may start. */
  prepare(): void
  /** All is written that will be measured: it is quicker read once it is in the database. */
  moveFromLog(): void
  /** From now on this thread has nothing else to do: it measures too while the other one is busy. */
  shareWork(): void
  /** Rows changed: what was measured counts no more. */
  startOver(): void
  close(): Promise<void>
}

/** From so many rows on a thread of its own is worth its start. */
export const largeRelation = 30_000

/** From so many changed rows on. */
export const largeChange = 2_000

/** A meter with a thread that starts with the first large relation. */
export function createSharedMeter(options: {
  readonly connection: Connection
  readonly databasePath: string
  /** The module of the threads of the job process. */
  readonly threadEntry: URL
  readonly company: string | null
}): SharedMeter {
  const { connection, databasePath, threadEntry, company } = options
  const thread = openMeasuringThread(threadEntry)
  const begun = new Map<string, Promise<MeasuredRelation>>()
  let waiting = 0
  let isShared = false

  async function measureIt(rows: MeasuredRows | ChangedRows, isLarge: boolean): Promise<MeasuredRelation> {
    if (!isLarge || (isShared && waiting > 0))
      return 'added' in rows ? measureChange(connection, rows) : measureRows(connection, rows)
    waiting += 1
    const measured = await thread.measure({ databasePath, ...rows })
    waiting -= 1
    return measured
  }

  function once(rows: MeasuredRows | ChangedRows, isLarge: () => boolean): Promise<MeasuredRelation> {
    const names = rows.columns.map(({ name }) => name)
    const place = JSON.stringify([rows.relation, names, 'added' in rows ? [rows.added, rows.closed] : null])
    const measured = begun.get(place) ?? measureIt(rows, isLarge())
    // Awaited later; until then its failing must not count as one that nobody handles.
    measured.catch(() => undefined)
    begun.set(place, measured)
    return measured
  }

  return {
    measure: (relation, columns, rowsByCompany = null) =>
      once(
        { relation, columns, company, rowsByCompany },
        () => countUpTo(connection, relation, largeRelation) === largeRelation,
      ),
    measureChange: (changed, size) => once({ ...changed, company }, () => size >= largeChange),
    prepare: thread.start,
    moveFromLog: () => thread.moveFromLog(databasePath),
    shareWork() {
      isShared = true
    },
    startOver: () => begun.clear(),
    close: () => thread.close(),
  }
}

/** How many rows a relation has, or `most` where it has more. */
export function countUpTo(connection: Connection, relation: string, most: number): number {
  return Number(connection.prepare(`SELECT count(*) FROM (SELECT 1 FROM ${relation} LIMIT ?)`).pluck().get(most))
}
