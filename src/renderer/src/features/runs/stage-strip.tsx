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

/** The run's stages from left to right, each with how it went and what came of it. */
export function StageStrip({ run }: { readonly run: RunDetail }) {
  return (
    <ol className="stage-strip" aria-label="Stages">
      {stagesOf(run).map((stage, index) => (
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

function stagesOf(run: RunDetail): Stage[] {
  const failing = run.checks.filter((check) => check.status !== 'pass')
  const blocking = failing.some((check) => check.status === 'fail')
  const modelRows = run.models.reduce((sum, model) => sum + model.rows, 0)
  const modelSeconds = run.models.reduce((sum, model) => sum + model.seconds, 0)
  const isPublished = run.status === 'published'
  return [
    reached('Read', run.files.length > 0, `${formatCount(run.rows_read)} rows, ${plural(run.files.length, 'file')}`),
    reached('Stage', run.rows_staged > 0, `${formatCount(run.rows_quarantined)} held back`),
    reached('Model', run.models.length > 0, `${formatCount(modelRows)} rows, ${formatDuration(modelSeconds)}`),
    run.checks.length === 0
      ? reached('Check', isPublished, 'none defined')
      : {
          name: 'Check',
          status: blocking ? 'fail' : failing.length > 0 ? 'warn' : 'pass',
          word: blocking ? 'Failed' : failing.length > 0 ? 'Passed with warnings' : 'Passed',
          facts: `${formatCount(run.checks.length - failing.length)} of ${plural(run.checks.length, 'check')} passed`,
        },
    isPublished
      ? {
          name: 'Publish',
          status: 'published',
          word: 'Published',
          facts: `${formatCount(run.rows_published ?? 0)} rows`,
        }
      : { name: 'Publish', status: run.status, word: 'Not published', facts: 'readers see the run before' },
  ]
}

function reached(name: string, isDone: boolean, facts: string): Stage {
  return isDone
    ? { name, status: 'done', word: 'Done', facts }
    : { name, status: 'skipped', word: 'Not reached', facts: '–' }
}
