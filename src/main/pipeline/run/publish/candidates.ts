import { AppError } from '../../../kernel/app-error.ts'
import type { Connection } from '../../../store/database.ts'
import { listRollbackTargets, publishedRunOf } from './published-runs.ts'

/** The condition that a run is built and checked, and a check or a guard blocked it. A preview is never published. */
const isCandidate = "status = 'blocked' AND next_arrival IS NOT NULL AND kind <> 'preview'"

/** The candidate that was built on a run and is in place, its row versions behind that run's; null where there is none. */
export function candidateBuiltOn(connection: Connection, runId: number): number | null {
  return (connection
    .prepare(`SELECT run_id FROM assay_run WHERE ${isCandidate} AND NOT is_undone AND built_on = ?`)
    .pluck()
    .get(runId) ?? null) as number | null
}

/**
 * The candidate in place, which can be looked at beside what readers see; null where there is none. One that was built on another run
 * than they see, as after a rollback, is none.
 */
export function candidateRunOf(connection: Connection): number | null {
  return candidateBuiltOn(connection, publishedRunOf(connection))
}

/** The candidates that are set aside, newest first; not those that were built on another run than readers see. */
export function candidatesSetAside(connection: Connection): readonly number[] {
  return connection
    .prepare(
      `SELECT run_id FROM assay_run WHERE ${isCandidate} AND aside_group IS NOT NULL AND built_on = ? ORDER BY run_id DESC`,
    )
    .pluck()
    .all(publishedRunOf(connection)) as number[]
}

/** Throws unless the run is a candidate, in place or set aside. */
export function requireCandidate(connection: Connection, runId: number): void {
  const inPlace = candidateRunOf(connection)
  const candidates = [...(inPlace === null ? [] : [inPlace]), ...candidatesSetAside(connection)]
  if (candidates.includes(runId)) return
  throw heldByGates(connection, runId) ?? builtOnAnother(connection, runId) ?? noCandidate(runId, candidates)
}

/** Of a run that gates held nothing was built that could be released. */
function heldByGates(connection: Connection, runId: number): AppError | null {
  const isHeld = connection
    .prepare(
      `SELECT 1 FROM assay_run AS r WHERE run_id = ? AND status = 'blocked' AND next_arrival IS NULL
      AND EXISTS (SELECT 1 FROM assay_gate AS g WHERE g.run_id = r.run_id AND g.status = 'held')`,
    )
    .get(runId)
  if (isHeld === undefined) return null
  return new AppError(
    'USAGE',
    `Run ${runId} is no candidate: gates held its delivery before anything of it was loaded.`,
    {
      saved: 'Nothing was changed.',
      hint: `Let it through, then run the same files again: assay gates allow ${runId} --reason TEXT`,
    },
  )
}

/** A candidate continues the run that it was built on; readers of another one would see a mixture. */
function builtOnAnother(connection: Connection, runId: number): AppError | null {
  const base = connection
    .prepare(
      `SELECT built_on FROM assay_run WHERE run_id = ? AND ${isCandidate} AND (NOT is_undone OR aside_group IS NOT NULL)`,
    )
    .pluck()
    .get(runId) as number | null | undefined
  if (base === undefined || base === null) return null
  const canGo = listRollbackTargets(connection).includes(base)
  return new AppError(
    'USAGE',
    `Run ${runId} is no candidate: it was built on run ${base}, but readers see run ${publishedRunOf(connection)}.`,
    {
      saved: 'Nothing was changed.',
      hint: canGo
        ? `Go to that run first, then this is possible: assay rollback ${base} --reason TEXT`
        : `Run ${base} is not kept any more. Run the same files again.`,
    },
  )
}

function noCandidate(runId: number, candidates: readonly number[]): AppError {
  return new AppError('USAGE', `Run ${runId} is no candidate: no check holds it back beside the published tables.`, {
    saved: 'Nothing was changed.',
    hint:
      candidates.length === 0
        ? 'There is none. A run that a check blocked is one, while readers see the run that it was built on, until another run is published.'
        : `Candidates are: ${candidates.join(', ')}.`,
  })
}
