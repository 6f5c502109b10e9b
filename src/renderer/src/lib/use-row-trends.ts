import { compareMethods } from '#features/compare'
import { useQuery } from './use-query.ts'

/** How many rows each of these sources and models had in the latest runs, oldest first. */
export function useRowTrends(names: readonly string[]): ReadonlyMap<string, readonly number[]> {
  const keys = names
    .slice(0, mostAtOnce)
    .map((relation) => ({ relation, scope: 'state', column: null, company: null, metric: 'rows' }) as const)
  const { data } = useQuery(compareMethods.sparklines, { keys }, { keepPrevious: true })
  return new Map(data?.map(({ key, values }) => [key.relation, values.map(({ value }) => value)]) ?? [])
}

/** As many as may be asked for. */
const mostAtOnce = 100
