import type { QuarantineFilter } from '#features/quarantine'
import type { QueryValues } from '../../lib/route.ts'

/** The filter that the address holds. */
export function filterFromAddress(query: URLSearchParams): QuarantineFilter {
  const text = query.get('q') ?? ''
  const lists = {
    source: query.getAll('source'),
    reason: query.getAll('reason'),
    file: query.getAll('file'),
  }
  const runs = query.getAll('run').map(Number).filter(Number.isInteger)
  return {
    ...Object.fromEntries(Object.entries(lists).filter(([, values]) => values.length > 0)),
    ...(runs.length > 0 ? { run: runs } : {}),
    ...(text === '' ? {} : { text }),
  }
}

/** Takes every filter out of the address. */
export const noFilter: QueryValues = { source: null, reason: null, file: null, run: null, q: null, row: null }

/** Whether anything narrows the list. */
export function isNarrowed(filter: QuarantineFilter): boolean {
  return Object.keys(filter).length > 0
}
