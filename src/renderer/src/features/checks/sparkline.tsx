import type { PastResult } from '#features/checks'
import { plural } from '../../lib/format.ts'

const step = 5
const height = 18
/** Below the bar of a run that was stopped, so that readers did not see it. */
const mark = 2

/** How a check went in its latest runs, a bar a run: how high says how many rows failed, the colour how bad that was; a run that was stopped is underlined. */
export function Sparkline({ history }: { readonly history: readonly PastResult[] }) {
  const most = Math.max(1, ...history.map(({ failures }) => failures))
  const bad = history.filter(({ status }) => status !== 'pass').length
  const stopped = history.filter(isStopped).length
  const words = `${plural(history.length, 'run')}, ${bad === 0 ? 'all passed' : `${bad} not passed`}${stopped === 0 ? '' : `; ${plural(stopped, 'run')} not published`}`
  return (
    <svg
      className="sparkline"
      role="img"
      aria-label={words}
      width={Math.max(1, history.length) * step}
      height={height + 1 + mark}
      viewBox={`0 0 ${Math.max(1, history.length) * step} ${height + 1 + mark}`}
    >
      {history.map((past, index) => {
        const { run_id: runId, status, failures } = past
        const bar = failures === 0 ? 2 : 4 + Math.round((failures / most) * (height - 4))
        return (
          <g key={runId}>
            <title>{`Run ${runId}${isStopped(past) ? ` (${past.run_status})` : ''}: ${plural(failures, 'failing row')}`}</title>
            <rect className={`sparkline-${status}`} x={index * step} y={height - bar} width={step - 1} height={bar} />
            {isStopped(past) && (
              <rect className="sparkline-blocked" x={index * step} y={height + 1} width={step - 1} height={mark} />
            )}
          </g>
        )
      })}
    </svg>
  )
}

function isStopped({ run_status: status }: PastResult): boolean {
  return status !== 'published'
}
