import { AppError } from '../../../kernel/app-error.ts'
import type { Connection } from '../../../store/database.ts'
import { candidateRunOf } from '../publish/candidates.ts'
import { oldestKeptRun } from '../publish/published-runs.ts'

const mostNamed = 20

/** The runs of which all rows are still there, newest first: those published and kept, and the candidate. */
function comparableRuns(connection: Connection): readonly number[] {
  const published = connection
    .prepare(
      "SELECT run_id FROM assay_run WHERE status = 'published' AND NOT is_undone AND run_id >= ? ORDER BY run_id DESC",
    )
    .pluck()
    .all(oldestKeptRun(connection)) as number[]
  const candidate = candidateRunOf(connection)
  return candidate === null ? published : [candidate, ...published]
}

/** Throws, with the runs that can be compared, unless the rows of a run can be read. */
export function requireComparable(connection: Connection, runId: number): void {
  const comparable = comparableRuns(connection)
  if (comparable.includes(runId)) return
  const run = connection
    .prepare('SELECT run_id, status, is_undone, aside_group FROM assay_run WHERE run_id = ?')
    .get(runId) as UncomparableRun | undefined
  const named = `${comparable.slice(0, mostNamed).join(', ')}${comparable.length > mostNamed ? ', …' : ''}`
  throw new AppError(run === undefined ? 'NOT_FOUND' : 'USAGE', `Run ${runId} cannot be compared: ${reasonOf(run)}.`, {
    hint: comparable.length === 0 ? 'No run is published yet.' : `Those that can be compared: ${named}.`,
  })
}

interface UncomparableRun {
  readonly run_id: number
  readonly status: string
  readonly is_undone: number
  readonly aside_group: number | null
}

function reasonOf(run: UncomparableRun | undefined): string {
  if (run === undefined) return 'there is no such run'
  if (run.aside_group !== null)
    return run.status === 'published'
      ? 'readers were taken back from it, and its rows are set aside until they are brought forth to it'
      : `its rows are set aside; bring it back first: assay runs inspect ${run.run_id}`
  if (run.is_undone === 1) return 'it was taken back, and its rows with it'
  if (run.status !== 'published') return `it is ${run.status}, not published`
  return 'its rows are older than the retention keeps'
}
