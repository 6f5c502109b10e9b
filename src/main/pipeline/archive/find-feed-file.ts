import type { Connection } from '../../store/database.ts'

/** A feed file whose records are numbered, as the run that read it recorded it. */
export interface NumberedFile {
  readonly run_id: number
  readonly file: string
  readonly source: string
  readonly sha256: string
  readonly encoding: string
  /** The arrival number of its first record; the others follow. */
  readonly first_arrival: number
  readonly rows_read: number
}

/** Prepares the look-up of the file that an arrival number belongs to; numbers of runs that were not published are used again, so those do not count. */
export function prepareFeedFile(connection: Connection): (arrival: number) => NumberedFile | null {
  const statement = connection.prepare(
    `SELECT f.run_id, f.file, f.source, f.sha256, f.encoding, f.first_arrival, f.rows_read
    FROM assay_run_file AS f JOIN assay_run AS r ON r.run_id = f.run_id
    WHERE f.first_arrival <= @arrival AND f.first_arrival + f.rows_read > @arrival AND f.sha256 IS NOT NULL
      AND r.status IN ('published', 'running')
    ORDER BY f.run_id DESC LIMIT 1`,
  )
  return (arrival) => (statement.get({ arrival }) ?? null) as NumberedFile | null
}
