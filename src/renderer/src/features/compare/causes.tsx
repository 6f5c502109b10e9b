import type { RowCount } from '#features/compare'
import { formatChange, formatCount } from '../../lib/format.ts'

type Cause = RowCount['causes'][number]

interface CausesProps {
  readonly causes: readonly Cause[]
  /** So many rows fill the bar. */
  readonly most: number
}

/** What changed a count: a small stacked bar, and the same in words. */
export function Causes({ causes, most }: CausesProps) {
  const told = causes.filter(({ rows }) => rows !== 0)
  return (
    <span className="causes">
      <span className="causes-bar" aria-hidden="true">
        {told.map(({ cause, rows }) => (
          <span
            key={cause}
            className={`causes-part ${looks[cause]}`}
            style={{ width: `${(Math.abs(rows) / most) * 100}%` }}
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
  unchanged: 'causes-rest',
} as const satisfies Record<Cause['cause'], string>
