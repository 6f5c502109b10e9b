import type { Connection } from '../../store/database.ts'
import type { Workbench } from '../../pipeline/run/open-workbench.ts'
import { someOf } from '../../pipeline/gate/words.ts'
import { readGuards } from '../../pipeline/model/model-guards.ts'
import { latestRun } from './latest-run.ts'
import type { IncidentRun, Verdict } from './protocol.ts'

/** Says how the latest run went; never that it went well where it did not, or is not known yet. */
export function sayVerdict(workbench: Workbench, run: IncidentRun | null, runningRun: number | null): Verdict {
  const { connection, publishedRun } = workbench
  const latest = latestRun(connection, runningRun)
  if (run !== null)
    return {
      status: run.status,
      title: `Run ${run.run_id} was ${run.status === 'blocked' ? 'blocked' : 'broken off'}`,
      details: [discardOf(connection, run.run_id), laterRunOf(run, latest, runningRun)].filter((line) => line !== ''),
    }
  if (runningRun !== null) return { status: 'running', title: `Run ${runningRun} is going on`, details: [] }
  if (latest === null) return { status: 'none', title: 'Nothing was run yet', details: [] }
  const shown = publishedRun()
  const readers = shown === 0 ? 'Nothing is published.' : `Readers see run ${shown}.`
  if (latest.status === 'cancelled')
    return {
      status: 'cancelled',
      title: `Run ${latest.run_id} was cancelled`,
      details: [`Nothing of it was published. ${readers}`],
    }
  if (latest.run_id !== shown) return sayRollback(connection, latest.run_id, shown)
  const release = releaseOf(connection, shown)
  if (release !== null)
    return {
      status: 'warn',
      title: `Run ${shown} was released although it was blocked`,
      details: [`${release.who} released it: ${release.reason}`],
    }
  const held = heldParts(connection, shown)
  if (held.length > 0)
    return {
      status: 'warn',
      title: 'The latest run was published in part',
      details: [`Held back: ${someOf(held)}. Readers see of that what they saw before.`],
    }
  if (hasWarnings(connection, shown))
    return { status: 'warn', title: 'The latest run was published, with warnings', details: [] }
  return { status: 'pass', title: 'The latest run went well', details: [] }
}

/**
 * The run of which is to be told what broke although readers see it, since a person released it, parts of it are held back or guards warned;
 * else null.
 */
export function flawedRun({ connection, publishedRun }: Workbench, runningRun: number | null): number | null {
  const shown = publishedRun()
  if (latestRun(connection, runningRun)?.run_id !== shown) return null
  const isFlawed =
    releaseOf(connection, shown) !== null || heldParts(connection, shown).length > 0 || hasWarnings(connection, shown)
  return isFlawed ? shown : null
}

interface Word {
  readonly who: string
  readonly reason: string
}

function sayRollback(connection: Connection, latest: number, shown: number): Verdict {
  const rollback = connection
    .prepare(
      "SELECT who, reason FROM assay_publication WHERE kind = 'rollback' AND run_id = ? ORDER BY publication_id DESC LIMIT 1",
    )
    .get(shown) as Word | undefined
  const title = shown === 0 ? 'Readers see no run' : `Readers see run ${shown}, not the latest, run ${latest}`
  if (rollback === undefined) return { status: 'warn', title, details: [] }
  const why = rollback.reason === '' ? '.' : `: ${rollback.reason}`
  return { status: 'warn', title, details: [`${rollback.who} gave them run ${shown}${why}`] }
}

function releaseOf(connection: Connection, runId: number): Word | null {
  return (connection
    .prepare("SELECT who, reason FROM assay_publication WHERE kind = 'release' AND run_id = ?")
    .get(runId) ?? null) as Word | null
}

function discardOf(connection: Connection, runId: number): string {
  const discard = connection.prepare('SELECT who, reason FROM assay_discard WHERE run_id = ?').get(runId) as
    Word | undefined
  if (discard === undefined) return ''
  return `${discard.who} discarded it${discard.reason === '' ? '.' : `: ${discard.reason}`}`
}

/** What was run after the run that went wrong, and did not mend it. */
function laterRunOf(run: IncidentRun, latest: ReturnType<typeof latestRun>, runningRun: number | null): string {
  if (runningRun !== null) return `Run ${runningRun} is going on.`
  const isCancelled = latest?.status === 'cancelled' && latest.run_id > run.run_id
  return isCancelled ? `Run ${latest.run_id} after it was cancelled.` : ''
}

/** What gates and checks hold back in a run, by name. */
function heldParts(connection: Connection, runId: number): readonly string[] {
  return connection
    .prepare('SELECT DISTINCT CAST(value AS TEXT) FROM assay_run_blocked WHERE run_id = ? ORDER BY 1')
    .pluck()
    .all(runId) as string[]
}

function hasWarnings(connection: Connection, runId: number): boolean {
  return readGuards(connection, runId).some(({ status }) => status === 'warn')
}
