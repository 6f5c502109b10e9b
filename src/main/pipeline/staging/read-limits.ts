import type { Connection } from '../../store/database.ts'
import type { HeldCompanies, IngestionLimit } from '../contract/ingestion-limit.ts'
import type { SourceContract } from '../contract/source-contract.ts'

/** The condition that a limit of `assay_limit` is in force. */
const isInForce = `limit_id IN (SELECT max(limit_id) FROM assay_limit GROUP BY source) AND (max_rows IS NOT NULL OR companies <> '[]')`

/** The limits in force, by source. */
export function readLimits(connection: Connection): ReadonlyMap<string, IngestionLimit> {
  const rows = connection
    .prepare(`SELECT source, max_rows, companies FROM assay_limit WHERE ${isInForce} ORDER BY source`)
    .all() as { source: string; max_rows: number | null; companies: string }[]
  return new Map(
    rows.map(({ source, max_rows: maxRows, companies }) => [
      source,
      { maxRows, companies: JSON.parse(companies) as string[] },
    ]),
  )
}

/** Reads the limits in force and notes that the run is made with them. */
export function takeLimits(connection: Connection, runId: number): ReadonlyMap<string, IngestionLimit> {
  connection
    .prepare(
      `INSERT INTO assay_run_limit (run_id, source, max_rows, companies, set_by, reason)
      SELECT ?, source, max_rows, companies, set_by, reason FROM assay_limit WHERE ${isInForce}`,
    )
    .run(runId)
  return readLimits(connection)
}

/** The companies of a source that a limit holds; null where there are none, or the source names no company. */
export function heldCompaniesOf(
  limit: IngestionLimit | undefined,
  contract: SourceContract,
  companyColumn: string | null,
): HeldCompanies | null {
  if (limit === undefined || limit.companies.length === 0 || companyColumn === null) return null
  if (!contract.staged.some(({ name }) => name === companyColumn)) return null
  return { column: companyColumn, values: limit.companies }
}
