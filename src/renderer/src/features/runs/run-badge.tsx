import type { RunSummary } from '#features/runs'
import { StatusBadge } from '../../ui/status-badge.tsx'

/** How a run ended; one of which readers do not see all is not like one that went well. */
export function RunBadge({ run }: { readonly run: RunSummary }) {
  return <StatusBadge status={isInPart(run) ? 'partial' : run.status} />
}

/** Whether it is published, but for what it holds back. */
export const isInPart = (run: RunSummary) => run.status === 'published' && run.held_parts > 0
