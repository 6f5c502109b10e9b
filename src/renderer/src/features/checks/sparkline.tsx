import type { PastResult } from '#features/checks'
import { plural } from '../../lib/format.ts'

const step = 5
const height = 18

/** How a check went in its latest runs, a bar a run: how high says how many rows failed, the colour how bad that was. */
export function Sparkline({ history }: { readonly history: readonly PastResult[] }) {
  const most = Math.max(1, ...history.map(({ failures }) => failures))
  const bad = history.filter(({ status }) => status !== 'pass').length
  const words = `${plural(history.length, 'run')}, ${bad === 0 ? 'all passed' : `${bad} not passed`}`
  return (
    <svg
      className="sparkline"
      role="img"
      aria-label={words}
      width={Math.max(1, history.length) * step}
      height={height}
      viewBox={`0 0 ${Math.max(1, history.length) * step} ${height}`}
    >
      {history.map(({ run_id: runId, status, failures }, index) => {
        const bar = failures === 0 ? 2 : 4 + Math.round((failures / most) * (height - 4))
        return (
          <rect
            key={runId}
            className={`sparkline-${status}`}
            x={index * step}
            y={height - bar}
            width={step - 1}
            height={bar}
          >
            <title>{`Run ${runId}: ${plural(failures, 'failing row')}`}</title>
          </rect>
        )
      })}
    </svg>
  )
}
