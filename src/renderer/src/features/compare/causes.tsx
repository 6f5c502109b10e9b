import type { RowCount } from '#features/compare'
import { formatChange, formatCount } from '../../lib/format.ts'

type Cause = RowCount['causes'][number]

/** What changed a count: a small bar with the part of each cause, and the same in words. */
export function Causes({ causes }: { readonly causes: readonly Cause[] }) {
  const told = causes.filter(({ cause, rows }) => rows !== 0 && cause !== 'unchanged')
  const all = told.reduce((sum, { rows }) => sum + Math.abs(rows), 0)
  return (
    <span className="causes">
      <span className="causes-bar" aria-hidden="true">
        {told.map(({ cause, rows }) => (
          <span
            key={cause}
            className={`causes-part ${looks[cause]}`}
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
  return told.length === 0 ? 'nothing' : told.map(causeText).join(', ')
}

/** Added and removed rows are a change of the count; the others only say how many rows it was. */
function causeText({ cause, rows }: Cause): string {
  return ['added', 'removed', 'inserted', 'withdrawn', 'backfilled'].includes(cause)
    ? `${formatChange(rows)} ${cause}`
    : `${formatCount(Math.abs(rows))} ${cause}`
}

const looks = {
  inserted: 'causes-more',
  released: 'causes-more',
  backfilled: 'causes-more',
  added: 'causes-more',
  removed: 'causes-less',
  withdrawn: 'causes-less',
  quarantined: 'causes-less',
  superseded: 'causes-less',
  updated: 'causes-same',
  changed: 'causes-same',
  unchanged: 'causes-same',
} as const satisfies Record<Cause['cause'], string>
