import type { Connection } from '../../store/database.ts'
import type { ColumnProfile } from './column-profile.ts'
import { packCounts } from './company-counts.ts'
import type { Delivery, KeyShares, PastDelivery } from './delivery.ts'
import { repeatedWithin } from './key-shares.ts'
import type { Sketch } from './sketch.ts'
import { mostHistory } from './volume-band.ts'

interface DeliveryRow {
  readonly run_id: number
  readonly day: number
  readonly rows: number
  readonly teaches: number
  readonly level_ratio: number | null
  readonly added: number | null
  readonly gone: number | null
  readonly changed: number | null
  readonly repeated: number | null
  readonly repeated_within: number | null
  readonly keys: Buffer | null
  readonly key_contents: Buffer | null
  readonly contents: Buffer | null
  readonly columns: string | null
}

/** The accepted deliveries of a source, oldest first, as far back as gates learn; `accepted` is the condition on a run `r` of `assay_run`. */
export function readDeliveries(connection: Connection, source: string, accepted: string): readonly PastDelivery[] {
  // Samples are wide: those of the last one are compared with.
  const rows = connection
    .prepare(
      `SELECT d.run_id, day, rows, teaches, level_ratio, added, gone, changed, repeated, repeated_within, columns,
        iif(n = 1, keys, NULL) AS keys, iif(n = 1, key_contents, NULL) AS key_contents, iif(n = 1, contents, NULL) AS contents
      FROM (SELECT d.*, row_number() OVER (ORDER BY d.run_id DESC) AS n FROM assay_delivery AS d JOIN assay_run AS r USING (run_id)
        WHERE d.source = ? AND ${accepted}) AS d
      WHERE n <= ? ORDER BY d.run_id`,
    )
    .all(source, 2 * mostHistory) as DeliveryRow[]
  return rows.map((row) => ({
    runId: row.run_id,
    day: row.day,
    rows: row.rows,
    teaches: row.teaches === 1,
    levelRatio: row.level_ratio,
    shares: sharesOf(row),
    repeatedWithin: row.repeated_within,
    keys: sketchOf(row.keys, row.key_contents),
    contents: sketchOf(row.contents, null),
    columns: row.columns === null ? null : (JSON.parse(row.columns) as ColumnProfile[]),
  }))
}

/** What of a delivery hangs on how it was let in. */
export interface Admission {
  readonly runId: number
  readonly day: number
  readonly teaches: boolean
  readonly levelRatio: number | null
  readonly shares: KeyShares | null
}

/** Records a delivery. Inside the caller's transaction; it counts once its run is accepted. */
export function recordDelivery(connection: Connection, delivery: Delivery, admission: Admission): void {
  const { runId, day, teaches, levelRatio, shares } = admission
  connection
    .prepare('INSERT INTO assay_delivery VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
    .run(
      runId,
      delivery.source,
      delivery.fingerprint,
      day,
      delivery.rows,
      teaches ? 1 : 0,
      levelRatio,
      shares?.added ?? null,
      shares?.gone ?? null,
      shares?.changed ?? null,
      shares?.repeated ?? null,
      bytesOf(delivery.keys.hashes),
      bytesOf(delivery.keys.contents),
      bytesOf(delivery.contents.hashes),
      JSON.stringify(delivery.columns),
      delivery.companies === null ? null : packCounts(connection, delivery.companies),
      repeatedWithin(delivery),
    )
}

/**
 * Drops the samples of a source's deliveries but for the last `keep` accepted ones before run `runId`, and what they had of companies but for
 * as many more as gates learn from: so that they take the same room for ever. Those of runs that are set aside stay: readers may be given
 * these.
 */
export function dropSamples(
  connection: Connection,
  source: string,
  accepted: string,
  { runId, keep }: { readonly runId: number; readonly keep: number },
): void {
  const drop = (columns: readonly string[], last: number) =>
    connection
      .prepare(
        `UPDATE assay_delivery SET ${columns.map((column) => `${column} = NULL`).join(', ')}
        WHERE source = :source AND run_id < :runId AND ${columns.at(-1)} IS NOT NULL
        AND run_id NOT IN (SELECT run_id FROM assay_run WHERE aside_group IS NOT NULL) AND run_id NOT IN (
          SELECT d.run_id FROM assay_delivery AS d JOIN assay_run AS r USING (run_id)
          WHERE d.source = :source AND ${accepted} ORDER BY d.run_id DESC LIMIT :last)`,
      )
      .run({ source, runId, last })
  drop(['keys', 'key_contents', 'contents', 'columns'], keep)
  drop(['companies'], keep + mostHistory)
}

function sharesOf({ added, gone, changed, repeated }: DeliveryRow): KeyShares | null {
  if (added === null || gone === null || changed === null || repeated === null) return null
  return { added, gone, changed, repeated }
}

function sketchOf(hashes: Buffer | null, contents: Buffer | null): Sketch | null {
  if (hashes === null) return null
  return { hashes: numbersOf(hashes), contents: contents === null ? new Float64Array() : numbersOf(contents) }
}

function bytesOf(numbers: Float64Array): Buffer {
  return Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength)
}

/** Copied, since the bytes of a buffer need not begin where numbers may. */
function numbersOf(bytes: Buffer): Float64Array {
  return new Float64Array(Uint8Array.from(bytes).buffer)
}
