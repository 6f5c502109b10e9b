import type { RunDetail } from '#features/runs'
import { formatCount } from '../../lib/format.ts'
import { hrefTo } from '../../lib/route.ts'

/** So many stand here; all of them stand on the page of checks. */
const mostNamed = 5

/** The checks that block a run, each with the way to its failing rows. */
export function FailedChecks({ run }: { readonly run: RunDetail }) {
  // Of a check that held back parts alone, the rest of the run goes on.
  const failed = run.checks
    .filter(
      ({ name, status, blocking }) => status === 'fail' && blocking && !run.held.some((part) => part.check === name),
    )
    .toSorted((one, other) => other.failures - one.failures)
  if (failed.length === 0) return null
  const query = { run: String(run.run_id) }
  const more = failed.length - mostNamed
  return (
    <p>
      Look closer:{' '}
      {failed.slice(0, mostNamed).map(({ name }, index) => (
        <span key={name}>
          {index > 0 && ', '}
          <a href={hrefTo('checks', name, query)}>{name}</a>
        </span>
      ))}
      {more > 0 && (
        <>
          {' '}
          <a href={hrefTo('checks', null, query)}>and {formatCount(more)} more</a>
        </>
      )}
    </p>
  )
}
