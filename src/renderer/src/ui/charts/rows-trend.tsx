import { formatCount } from '../../lib/format.ts'
import { Sparkline } from './sparkline.tsx'

/** The rows of the latest runs as a small line; nothing before there are two. */
export function RowsTrend({ values }: { readonly values: readonly number[] | undefined }) {
  const last = values?.at(-1)
  if (values === undefined || last === undefined || values.length < 2) return null
  const least = formatCount(Math.min(...values))
  const most = formatCount(Math.max(...values))
  return (
    <Sparkline
      label={`Rows in the last ${values.length} runs: ${least} to ${most}, now ${formatCount(last)}`}
      values={values}
    />
  )
}
