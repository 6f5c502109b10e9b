import { formatDuration } from '../../lib/format.ts'
import { useNow } from '../../lib/use-now.ts'

/** How long a step has gone on; it counts by itself, since an engine that builds a model says nothing until that is done. */
export function Elapsed({ since }: { readonly since: string }) {
  const seconds = Math.max(0, (useNow(0.5).getTime() - new Date(since).getTime()) / 1000)
  return <>{formatDuration(seconds)}</>
}
