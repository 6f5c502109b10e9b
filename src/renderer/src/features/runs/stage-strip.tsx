import { ChevronRight } from 'lucide-react'
import type { RunDetail } from '#features/runs'
import { formatCount, formatDuration, plural } from '../../lib/format.ts'
import { StatusBadge, type Status } from '../../ui/status-badge.tsx'
import './stage-strip.css'

interface Stage {
  readonly name: string
  readonly status: Status
  readonly word: string
  readonly facts: string
}

interface StageStripProps {
  readonly run: RunDetail
  /** The gates let nothing in. */
  readonly isHeld: boolean
}

/** The run's stages from left to right, each with how it went and what came of it. */
export function StageStrip({ run, isHeld }: StageStripProps) {
  return (
    <ol className="stage-strip" aria-label="Stages">
      {stagesOf(run, isHeld).map((stage, index) => (
        <li key={stage.name}>
          {index > 0 && <ChevronRight className="stage-arrow" aria-hidden="true" />}
          <div className="stage">
            <span className="stage-name">{stage.name}</span>
            <StatusBadge status={stage.status} word={stage.word} />
            <span className="soft">{stage.facts}</span>
          </div>
        </li>
      ))}
    </ol>
  )
}

function stagesOf(run: RunDetail, isHeld: boolean): Stage[] {
  return [readStage(run), isHeld ? heldStage : stagedStage(run), modelStage(run), checkStage(run), publishStage(run)]
}

/** A replay and a rerun read no feed; a full refresh reads what the workspace kept of all of them. */
function readFacts({ kind, files, input, sources }: RunDetail): string {
  if (kind !== 'feeds') return 'no feed, only staged rows'
  const rows = files.reduce((sum, file) => sum + file.rows_read, 0)
  if (input !== '' || files.length > 0) return `${plural(rows, 'row')}, ${plural(files.length, 'file')}`
  const kept = Object.values(sources).reduce((sum, book) => sum + book.rows_read, 0)
  return `${plural(kept, 'row')} that were kept`
}

function readStage(run: RunDetail): Stage {
  const facts = readFacts(run)
  if (hasBooks(run)) return { name: 'Read', status: 'done', word: 'Done', facts }
  return { name: 'Read', status: run.status, word: 'Stopped here', facts }
}

function stagedStage(run: RunDetail): Stage {
  return reached('Stage', hasBooks(run), `${formatCount(run.rows_quarantined)} held back`)
}

const heldStage: Stage = { name: 'Stage', status: 'fail', word: 'Held', facts: 'a gate let nothing in' }

function modelStage({ models, checks, status }: RunDetail): Stage {
  const rows = models.reduce((sum, model) => sum + model.rows, 0)
  const seconds = models.reduce((sum, model) => sum + model.seconds, 0)
  const facts = `${plural(rows, 'row')}, ${formatDuration(seconds)}`
  // No check failed, so a guard of a model stopped it.
  if (status === 'blocked' && models.length > 0 && !checks.some((check) => check.status === 'fail'))
    return { name: 'Model', status: 'fail', word: 'Stopped here', facts }
  return reached('Model', models.length > 0, facts)
}

function checkStage({ checks, status }: RunDetail): Stage {
  if (checks.length === 0) return reached('Check', status === 'published', 'none defined')
  const failing = checks.filter((check) => check.status !== 'pass')
  const facts = `${formatCount(checks.length - failing.length)} of ${plural(checks.length, 'check')} passed`
  if (failing.length === 0) return { name: 'Check', status: 'pass', word: 'Passed', facts }
  if (failing.some((check) => check.status === 'fail')) return { name: 'Check', status: 'fail', word: 'Failed', facts }
  return { name: 'Check', status: 'warn', word: 'Passed with warnings', facts }
}

function publishStage(run: RunDetail): Stage {
  if (run.status === 'published') {
    const facts = plural(run.rows_published ?? 0, 'row')
    return { name: 'Publish', status: 'published', word: 'Published', facts }
  }
  return { name: 'Publish', status: run.status, word: 'Not published', facts: 'readers see the run before' }
}

/** The books are made once all sources are read; a run that ended before has none. */
function hasBooks({ sources }: RunDetail): boolean {
  return Object.keys(sources).length > 0
}

function reached(name: string, isDone: boolean, facts: string): Stage {
  if (isDone) return { name, status: 'done', word: 'Done', facts }
  return { name, status: 'skipped', word: 'Not reached', facts: '–' }
}
