import { hrefTo } from '../../lib/route.ts'
import type { Pair } from './pair-in-address.ts'

/** Which runs are compared, on the pages below the overview. */
export function PairNote({ pair: { a, b } }: { readonly pair: Pair }) {
  return (
    <span>
      <a href={hrefTo('runs', String(a))}>run {a}</a> against <a href={hrefTo('runs', String(b))}>run {b}</a>
    </span>
  )
}
