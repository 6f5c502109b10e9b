import type { RunProgress } from '#features/runs'
import { formatCount, formatDuration, formatEstimate } from '../../lib/format.ts'
import { hrefTo } from '../../lib/route.ts'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { ProgressDetails } from './progress-details.tsx'
import { stageShare, stageWord } from './run-progress-store.ts'
import './progress-card.css'

/** The run in progress in full, on the runs' own screens. */
export function ProgressCard({ progress }: { readonly progress: RunProgress }) {
  return (
    <section className="progress-card" aria-label="Run in progress">
      <div className="progress-card-line">
        <a href={hrefTo('runs', String(progress.run_id))}>Run {progress.run_id}</a>
        <StatusBadge status="running" word={stageWord(progress)} />
        <ProgressBar label={stageWord(progress)} share={stageShare(progress)} />
      </div>
      <dl className="progress-card-facts">
        <Fact name="Time" value={formatDuration(progress.seconds)} />
        <Fact name="Rows read" value={formatCount(progress.rows_read)} />
        <Fact name="Rows per second" value={formatCount(Math.round(progress.rows_per_second))} />
        <Fact
          name="Left to read"
          value={progress.seconds_left === null ? '–' : `about ${formatEstimate(progress.seconds_left)}`}
        />
      </dl>
      <ProgressDetails progress={progress} />
    </section>
  )
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}
