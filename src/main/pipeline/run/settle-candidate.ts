import type { Log } from '../../kernel/log.ts'
import { pruneVersions } from './prune-versions.ts'
import { requireCandidate } from './published-runs.ts'
import { recountWaiting } from './recount-waiting.ts'
import { publishedRunOf, recordLog, showToReaders, writeSetting } from './run-record.ts'
import { takeBackUnpublished } from './undo-unpublished.ts'
import { whileLocked } from './while-locked.ts'
import type { Decider, Shown, Site } from './while-locked.ts'

/** Publishes a run that a check or a guard blocked, since a person says so. */
export async function releaseCandidate(site: Site, runId: number, { who, reason }: Decider): Promise<Shown> {
  const { connection, project } = site
  const log: Log = (level, message) => recordLog(connection, runId, level, message)
  const shown = await whileLocked(site, `releasing run ${runId}`, () => {
    requireCandidate(connection, runId)
    const before = publishedRunOf(connection)
    showToReaders(connection, runId, { kind: 'release', who, reason })
    const { next_arrival: nextArrival, why } = connection
      .prepare("SELECT next_arrival, error ->> '$.message' AS why FROM assay_run WHERE run_id = ?")
      .get(runId) as { next_arrival: number; why: string | null }
    writeSetting(connection, 'next_arrival', nextArrival)
    connection.prepare("UPDATE assay_run SET status = 'published', error = NULL WHERE run_id = ?").run(runId)
    recountWaiting(connection, project)
    log('warn', `${who} published the run although it was blocked (${why ?? 'a check failed'}): ${reason}`)
    return { run_id: runId, previous_run: before }
  })
  pruneVersions(connection, project.config.retention_runs, log)
  return shown
}

/** Takes a candidate back at once, not only when the next run starts. */
export function discardCandidate(site: Site, runId: number, who: string): Promise<Shown> {
  const { connection } = site
  return whileLocked(site, `discarding run ${runId}`, () => {
    requireCandidate(connection, runId)
    takeBackUnpublished(connection)
    recordLog(connection, runId, 'info', `${who} discarded the run: its tables were taken back.`)
    const published = publishedRunOf(connection)
    return { run_id: published, previous_run: published }
  })
}
