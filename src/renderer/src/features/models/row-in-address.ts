import type { RowKey } from '#features/models'
import type { QueryValues } from '../../lib/route.ts'

/** A staged row, by its source and its key. */
export interface StagedRowName {
  readonly source: string
  readonly key: RowKey
}

/** The row that the address names; null where it names none. */
export function rowFromAddress(query: URLSearchParams): RowKey | null {
  return keyFromText(query.get('row') ?? '')
}

/** The staged row whose record the address opens; null where it opens none. */
export function recordFromAddress(query: URLSearchParams): StagedRowName | null {
  const [source = '', ...rest] = (query.get('record') ?? '').split(':')
  const key = keyFromText(rest.join(':'))
  return key === null ? null : { source, key }
}

/** A row as the address keeps it. */
export function rowToAddress(key: RowKey): QueryValues {
  return { row: JSON.stringify(key), record: null }
}

/** A staged row as the address keeps it. */
export function recordToAddress({ source, key }: StagedRowName): QueryValues {
  return { record: `${source}:${JSON.stringify(key)}` }
}

/** What the address has where no row is open. */
export const noRow: QueryValues = { row: null, record: null }

function keyFromText(text: string): RowKey | null {
  try {
    const key: unknown = JSON.parse(text)
    if (typeof key !== 'object' || key === null || Array.isArray(key)) return null
    const entries: [string, unknown][] = Object.entries(key)
    return Object.fromEntries(entries.map(([name, value]) => [name, typeof value === 'string' ? value : null]))
  } catch {
    return null
  }
}
