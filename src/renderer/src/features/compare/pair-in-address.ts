import { metricName, type MetricKey, type MetricScope } from '#features/compare'
import { hrefTo, type QueryValues } from '../../lib/route.ts'

/** The two runs that are compared, the earlier one first. */
export interface Pair {
  readonly a: number
  readonly b: number
}

/** The two runs as the address names them; left out, the engine takes the last two that were published. */
export type AskedPair = Partial<Pair>

/** The runs that the address asks about. */
export function pairFromAddress(query: URLSearchParams): AskedPair {
  const a = runOf(query.get('a'))
  const b = runOf(query.get('b'))
  return { ...(a === null ? {} : { a }), ...(b === null ? {} : { b }) }
}

/** The overview of two runs, with a tab of it. */
export function overviewHref(pair: AskedPair, tab: string | null = null): string {
  return hrefTo('compare', null, { ...pairToAddress(pair), tab })
}

/** All that differs in one source or model. */
export function relationHref(pair: Pair, relation: string, more: QueryValues = {}): string {
  return hrefTo('compare', relation, { ...pairToAddress(pair), ...more })
}

/** The values of one column in both runs. */
export function columnHref(pair: Pair, relation: string, column: string, scope: MetricScope): string {
  return relationHref(pair, relation, { column, scope })
}

/** One metric from run to run. */
export function metricHref(pair: Pair, { relation, scope, column, company, metric }: MetricKey): string {
  return relationHref(pair, relation, { metric, scope, column, company })
}

function pairToAddress({ a, b }: AskedPair): QueryValues {
  return { a: a === undefined ? null : String(a), b: b === undefined ? null : String(b) }
}

function runOf(text: string | null): number | null {
  const run = Number(text ?? '')
  return Number.isInteger(run) && run > 0 ? run : null
}

/** The metric that the address opens of a relation; null where it opens none. */
export function metricFromAddress(relation: string, query: URLSearchParams): MetricKey | null {
  const metric = metricName.options.find((one) => one === query.get('metric'))
  if (metric === undefined) return null
  return {
    relation,
    scope: scopeFromAddress(query),
    column: query.get('column'),
    company: query.get('company'),
    metric,
  }
}

/** Which rows the address asks about. */
export function scopeFromAddress(query: URLSearchParams): MetricScope {
  return query.get('scope') === 'delivered' ? 'delivered' : 'state'
}
