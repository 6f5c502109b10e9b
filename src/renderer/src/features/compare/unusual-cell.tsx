import type { Level } from '#features/compare'
import { Bar } from '../../ui/charts/bar.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { unusualText } from './metric-words.ts'

/** The bar is full where a value lies so many times as far off as the edge of its band. */
const fullBar = 5

/** How unusual something is: word, number and a small bar. */
export function UnusualCell({ level, unusual }: { readonly level: Level; readonly unusual: number | null }) {
  return (
    <span className="unusual-cell">
      <StatusBadge status={level} />
      <span className={unusual === null ? 'soft' : 'unusual-number'}>{unusualText(unusual)}</span>
      {unusual !== null && <Bar share={unusual / fullBar} look={level} />}
    </span>
  )
}
