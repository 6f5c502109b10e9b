import type { RunLimit } from '#features/runs'
import { formatCount, plural } from '../../lib/format.ts'
import { someNames } from '../../lib/some-names.ts'

/** That a limit was in force when the run was made, and what it held. */
export function limitWords({
  source,
  max_rows: most,
  companies,
  set_by: by,
  reason,
  held_rows: held,
}: RunLimit): string {
  const rows = most === null ? '' : ` to ${plural(most, 'row')}`
  const without = companies.length === 0 ? '' : `${most === null ? '' : ','} without ${someNames(companies)}`
  const who = by === '' ? '' : ` by ${by}`
  const why = reason === '' ? '.' : `: ${reason}`
  return `${source} was limited${rows}${without}${who}, and ${held === 1 ? '1 row was' : `${formatCount(held)} rows were`} held in the quarantine${why}`
}
