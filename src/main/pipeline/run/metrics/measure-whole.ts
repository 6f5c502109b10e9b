import type { Connection } from '../../../store/database.ts'
import { createRelationMeter, type MeasuredRelation, type MeteredColumn } from '../../metric/measure-relation.ts'
import { openMeasuringThread } from '../../metric/measuring-thread.ts'

/** Measures all rows of relations: large ones by a thread of its own, each relation once. */
export interface WholeMeter {
  /** The answer may be asked for again, and be awaited later. */
  measure(relation: string, columns: readonly MeteredColumn[]): Promise<MeasuredRelation>
  /** From now on this thread has nothing else to do: it measures too while the other one is busy. */
  shareWork(): void
  /** Rows changed: what was measured counts no more. */
  startOver(): void
  close(): Promise<void>
}

/** From so many rows on a thread of its own is worth its start. */
export const largeRelation = 30_000

/** A meter with a thread that starts with the first large relation. */
export function createWholeMeter(options: {
  readonly connection: Connection
  readonly databasePath: string
  /** The module of the threads of the job process. */
  readonly threadEntry: URL
  readonly company: string | null
}): WholeMeter {
  const { connection, databasePath, threadEntry, company } = options
  const thread = openMeasuringThread(threadEntry)
  const begun = new Map<string, Promise<MeasuredRelation>>()
  let isBusy = false
  let isShared = false

  async function measure(relation: string, columns: readonly MeteredColumn[]): Promise<MeasuredRelation> {
    if (countUpTo(connection, relation, largeRelation) >= largeRelation && !(isShared && isBusy)) {
      isBusy = true
      const measured = await thread.measure({ databasePath, relation, columns, company })
      isBusy = false
      return measured
    }
    const meter = createRelationMeter(columns, company)
    meter.add(connection, relation, 1)
    return meter.take(() => ({ min: null, max: null }))
  }

  return {
    measure(relation, columns) {
      const place = JSON.stringify([relation, columns.map(({ name }) => name)])
      const measured = begun.get(place) ?? measure(relation, columns)
      // Awaited later; until then its failing must not count as one that nobody handles.
      measured.catch(() => undefined)
      begun.set(place, measured)
      return measured
    },
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
