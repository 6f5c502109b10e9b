import { rowAge, rowState, type QuarantineFilter } from '#features/quarantine'
import type { QueryValues } from '../../lib/route.ts'

/** Facets whose values stand in the address as they are. */
const textKeys = ['source', 'reason', 'field', 'rule', 'value', 'company', 'file'] as const

/** The filter that the address holds; what it cannot mean is left out. */
export function filterFromAddress(query: URLSearchParams): QuarantineFilter {
  const lists = {
    ...Object.fromEntries(textKeys.map((key) => [key, query.getAll(key)])),
    state: rowState.options.filter((state) => query.getAll('state').includes(state)),
    age: rowAge.options.filter((age) => query.getAll('age').includes(age)),
    run: query.getAll('run').map(Number).filter(Number.isInteger),
  }
  const text = query.get('q') ?? ''
  return {
    ...Object.fromEntries(Object.entries(lists).filter(([, values]) => values.length > 0)),
    ...(query.get('waiting') === 'yes' ? { waiting: true } : {}),
    ...(text === '' ? {} : { text }),
  }
}

/** Takes every filter out of the address. */
export const noFilter: QueryValues = {
  ...Object.fromEntries([...textKeys, 'state', 'age', 'run', 'waiting', 'q', 'row'].map((key) => [key, null])),
}

/** The address's values for a filter, such as a saved one. */
export function addressOf(filter: QuarantineFilter): QueryValues {
  const { text, waiting, run, ...lists } = filter
  return {
    ...noFilter,
    ...Object.fromEntries(Object.entries(lists).filter(([, values]) => (values?.length ?? 0) > 0)),
    run: run?.map(String) ?? null,
    waiting: waiting === true ? 'yes' : null,
    q: text ?? null,
  }
}

/** Whether anything narrows the list. */
export function isNarrowed(filter: QuarantineFilter): boolean {
  return Object.keys(filter).length > 0
}
