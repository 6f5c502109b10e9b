import { now } from '../../../kernel/clock.ts'
import type { Log } from '../../../kernel/log.ts'
import { asideGroupOf, dropGroup } from '../../../store/set-aside.ts'
import { pruneVersions } from './prune-versions.ts'
import { requireCandidate } from './candidates.ts'
import { putInPlace } from './put-in-place.ts'
import { recountWaiting } from './recount-waiting.ts'
import { publishedRunOf } from './published-runs.ts'
import { recordLog } from '../record/run-record.ts'
import { showToReaders } from './publish-run.ts'
import { writeSetting } from '../../../store/workspace-setting.ts'
import { takeBackRunsAfter } from './take-back-runs.ts'
import { whileLocked, type Decider, type Shown, type Site } from './while-locked.ts'

/** Publishes a run that a check or a guard blocked, in place or set aside, since a person says so. */
export async function releaseCandidate(site: Site, runId: number, { who, reason }: Decider): Promise<Shown> {
  const { connection, project } = site
  const log: Log = (level, message) => recordLog(connection, runId, level, message)
  const shown = await whileLocked(site, `releasing run ${runId}`, () => {
    requireCandidate(connection, runId)
    putInPlace(connection, runId)
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

/** Takes a candidate back for good, in place or set aside; others stay. Who did it is kept, since it cannot be undone. */
export function discardCandidate(site: Site, runId: number, { who, reason }: Decider): Promise<Shown> {
  const { connection } = site
  return whileLocked(site, `discarding run ${runId}`, () => {
    requireCandidate(connection, runId)
    const published = publishedRunOf(connection)
    const group = asideGroupOf(connection, runId)
    if (group === null) takeBackRunsAfter(connection, published)
    else dropGroup(connection, group)
    connection
      .prepare('INSERT INTO assay_discard (run_id, at, who, reason) VALUES (?, ?, ?, ?)')
      .run(runId, now(), who, reason)
    const why = reason === '' ? '' : ` Reason: ${reason}`
    recordLog(connection, runId, 'info', `${who} discarded the run: its tables were taken back.${why}`)
    return { run_id: published, previous_run: published }
  })
}
