import type { RowCount } from '#features/compare'
import { formatChange, formatCount } from '../../lib/format.ts'

type Cause = RowCount['causes'][number]

/** What changed a count: a small bar with the part of each cause, and the same in words. */
export function Causes({ causes }: { readonly causes: readonly Cause[] }) {
  const told = causes.filter(({ cause, rows }) => rows !== 0 && cause !== 'unchanged')
  if (causesText(causes) === '') return null
  const all = told.reduce((sum, { rows }) => sum + Math.abs(rows), 0)
  return (
    <span className="causes">
      <span className="causes-bar" aria-hidden="true">
        {told.map(({ cause, rows }) => (
          <span
            key={cause}
            className={`causes-part ${look({ cause, rows })}`}
            style={{ width: `${(Math.abs(rows) / all) * 100}%` }}
            title={causeText({ cause, rows })}
          />
        ))}
      </span>
      <span className="causes-words">{causesText(causes)}</span>
    </span>
  )
}

/** What changed a count, in words. */
export function causesText(causes: readonly Cause[]): string {
  const told = causes.filter(({ rows }) => rows !== 0)
  return told.map(causeText).join(', ')
}

/** What a run did to a model is a change of its number of rows; what books say of a source is a number of rows. */
function causeText({ cause, rows }: Cause): string {
  return byRun.has(cause) ? `${formatChange(rows)} ${cause}` : `${formatCount(Math.abs(rows))} ${cause}`
}

const byRun = new Set<Cause['cause']>(['delivered', 'replayed', 'backfilled'])
const took = new Set<Cause['cause']>(['superseded', 'quarantined', 'withdrawn'])

function look({ cause, rows }: Cause): string {
  if (rows < 0 || took.has(cause)) return 'causes-less'
  return cause === 'updated' ? 'causes-same' : 'causes-more'
}
