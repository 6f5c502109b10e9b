import type { RunDetail } from '#features/runs'
import { formatCount, formatDuration, plural } from '../../lib/format.ts'
import type { Status } from '../../ui/status-badge.tsx'

export interface Stage {
  readonly name: string
  readonly status: Status
  readonly word: string
  readonly facts: string
}

/** How each stage of a run that is over went, and what came of it. `isHeld`: the gates let nothing in. */
export function stagesOf(run: RunDetail, isHeld: boolean): readonly Stage[] {
  return [readStage(run, isHeld), stagedStage(run, isHeld), modelStage(run), checkStage(run), publishStage(run)]
}

/** A replay and a rerun read no feed; a full refresh reads what the workspace kept of all of them. */
function readFacts({ kind, files, input, rows_read: rows }: RunDetail): string {
  if (kind !== 'feeds') return 'no feed, only staged rows'
  if (input !== '' || files.length > 0) return `${plural(rows, 'row')}, ${plural(files.length, 'file')}`
  return `${plural(rows, 'row')} that were kept`
}

function readStage(run: RunDetail, isHeld: boolean): Stage {
  const { rejected_files: rejected, sources, source_count: count } = run
  const facts = readFacts(run)
  if (rejected.length > 0)
    return { name: 'Read', status: 'fail', word: 'File rejected', facts: `${plural(rejected.length, 'file')} rejected` }
  if (isHeld || isStaged(run)) return { name: 'Read', status: 'done', word: 'Done', facts }
  const booked = Object.keys(sources).length
  const of = booked === 0 ? '' : `, ${formatCount(booked)} of ${plural(count, 'source')}`
  return stopped('Read', run, `${plural(run.rows_read, 'row')}${of}`)
}

function stagedStage(run: RunDetail, isHeld: boolean): Stage {
  const facts = `${formatCount(run.rows_quarantined)} held back`
  if (isHeld) return { name: 'Stage', status: 'fail', word: 'Held', facts: 'a gate let nothing in' }
  if (run.rejected_files.length > 0)
    return { name: 'Stage', status: 'skipped', word: 'Not finished', facts: 'a file is missing' }
  if (isStaged(run)) return { name: 'Stage', status: 'done', word: 'Done', facts }
  if (Object.keys(run.sources).length === 0) return notReached('Stage')
  return { name: 'Stage', status: 'skipped', word: 'Not finished', facts }
}

function modelStage(run: RunDetail): Stage {
  const { models, model_count: count, checks, status } = run
  const rows = models.reduce((sum, model) => sum + model.rows, 0)
  const seconds = models.reduce((sum, model) => sum + model.seconds, 0)
  const facts = `${plural(rows, 'row')}, ${formatDuration(seconds)}`
  if (!isStaged(run)) return notReached('Model')
  // No check failed, so a guard of a model stopped it.
  if (status === 'blocked' && !checks.some((check) => check.status === 'fail')) return stopped('Model', run, facts)
  if (isBroken(run) && checks.length === 0 && models.length < count)
    return stopped('Model', run, `${formatCount(models.length)} of ${plural(count, 'model')}`)
  return { name: 'Model', status: 'done', word: 'Done', facts }
}

function checkStage(run: RunDetail): Stage {
  const { checks, models, model_count: count, status } = run
  if (checks.length === 0) {
    if (status === 'published') return { name: 'Check', status: 'done', word: 'Done', facts: 'none defined' }
    return isBroken(run) && isStaged(run) && models.length >= count ? stopped('Check', run, '–') : notReached('Check')
  }
  const failing = checks.filter((check) => check.status !== 'pass')
  const facts = `${formatCount(checks.length - failing.length)} of ${plural(checks.length, 'check')} passed`
  if (failing.length === 0) return { name: 'Check', status: 'pass', word: 'Passed', facts }
  if (failing.some((check) => check.status === 'fail')) return { name: 'Check', status: 'fail', word: 'Failed', facts }
  return { name: 'Check', status: 'warn', word: 'Passed with warnings', facts }
}

function publishStage(run: RunDetail): Stage {
  if (run.status === 'published') {
    const rows = plural(run.rows_published ?? 0, 'row')
    if (run.held_parts === 0) return { name: 'Publish', status: 'published', word: 'Published', facts: rows }
    const facts = `${rows}, ${plural(run.held_parts, 'part')} held`
    return { name: 'Publish', status: 'partial', word: 'Published in part', facts }
  }
  const facts = run.has_run_before ? 'readers see the run before' : 'readers see nothing yet'
  return { name: 'Publish', status: run.status, word: 'Not published', facts }
}

/** Each source has a book once it is staged; models are built when all are. */
function isStaged({ sources, source_count: count, models, status, rejected_files: rejected }: RunDetail): boolean {
  if (status === 'published' || models.length > 0) return true
  return rejected.length === 0 && Object.keys(sources).length >= count
}

/** Ended in the middle of something, so that the stage that it had come to is not done. */
const isBroken = ({ status }: RunDetail) => status === 'failed' || status === 'cancelled'

const stopped = (name: string, { status }: RunDetail, facts: string): Stage => ({
  name,
  status: status === 'blocked' ? 'fail' : status,
  word: 'Stopped here',
  facts,
})

const notReached = (name: string): Stage => ({ name, status: 'skipped', word: 'Not reached', facts: '–' })
