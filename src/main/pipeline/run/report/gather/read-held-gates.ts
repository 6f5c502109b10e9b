import type { Connection } from '../../../../store/database.ts'

/** What gates that held a run's deliveries looked at; in words that quote no column, since a header may be a record. */
export function sayHeldSchema(connection: Connection, runId: number): string | null {
  const sources = connection
    .prepare("SELECT source FROM assay_gate WHERE run_id = ? AND status = 'held' AND gate = 'schema' ORDER BY source")
    .pluck()
    .all(runId) as string[]
  return sources.length === 0
    ? null
    : `A gate held what was delivered of ${sources.join(', ')}: its columns are not those of earlier deliveries.`
}
