import type { RunProgress } from '#features/runs'
import type { Status } from '../../ui/status-badge.tsx'

/** A step of a run that goes on, as its badge says it: one that is skipped is left as it was. */
export function stepStatus(state: RunProgress['models'][number]['state']): Status {
  if (state === 'failed') return 'fail'
  return state === 'skipped' ? 'unchanged' : state
}
