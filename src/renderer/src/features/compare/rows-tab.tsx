import { RotateCw } from 'lucide-react'
import { formatDuration, formatShare } from '../../lib/format.ts'
import type { Route } from '../../lib/route.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import type { Pair } from './pair-in-address.ts'
import { RowDifferences } from './row-differences.tsx'
import { useRowdiff } from './use-rowdiff.ts'

interface RowsTabProps {
  readonly relation: string
  readonly pair: Pair
  readonly route: Route
  /** Whether readers see the later run, so that its rows can be followed to where they came from. */
  readonly isPublished: boolean
}

/** Row by row: compared when first opened, with progress and Cancel, then listed. */
export function RowsTab({ relation, pair, route, isPublished }: RowsTabProps) {
  const rowdiff = useRowdiff(relation, pair)
  const { id, standing } = rowdiff
  const summary = standing?.state === 'done' ? standing.summary : null
  if (id !== null && summary !== null) {
    return <RowDifferences id={id} relation={relation} summary={summary} route={route} isPublished={isPublished} />
  }
  return (
    <div className="rowdiff-wait">
      {rowdiff.error !== null && !rowdiff.isCancelled && <ErrorNotice error={rowdiff.error} />}
      {rowdiff.isCancelled && <p role="status">The comparison was cancelled.</p>}
      {rowdiff.error !== null || rowdiff.isCancelled ? (
        <Button icon={<RotateCw aria-hidden="true" />} onClick={rowdiff.restart}>
          Compare again
        </Button>
      ) : (
        <>
          <p role="status">
            Comparing all rows of run {pair.a} and run {pair.b}
            {standing !== null && `: ${formatShare(standing.share_done)}, ${formatDuration(standing.seconds)}`}
          </p>
          <ProgressBar label="Rows compared" share={standing?.share_done ?? null} />
          <Button onClick={rowdiff.cancel} disabled={id === null}>
            Cancel
          </Button>
        </>
      )}
    </div>
  )
}
