import { formatInstant, formatRelative } from '../lib/format.ts'
import { useNow } from '../lib/use-now.ts'

/** How long ago, with the exact time in the tooltip. */
export function Instant({ at }: { readonly at: string }) {
  return (
    <time dateTime={at} title={formatInstant(at)}>
      {formatRelative(at, useNow())}
    </time>
  )
}
