import type { Connection } from '../../../store/database.ts'
import { cohensH } from '../../drift/cohens-h.ts'
import { leastHistory } from '../../drift/least-history.ts'
import { poissonAtMost, poissonMoreThan } from '../../drift/poisson-tail.ts'
import { measuredColumns } from '../../metric/metric-records.ts'
import { describeDifference } from './describe-difference.ts'
import type { MetricKey } from './metric-key.ts'
import type { PastRun } from './read-history.ts'
import type { RunLabels } from './read-labels.ts'
import type { Difference, RunPair } from './shapes.ts'

/** What chance brings about less often than once in so many is no chance: companies are many, and days too. */
const chance = 1e-9
/** Fewer rows than ever need less: companies are fewer than companies by columns. */
const lostChance = 1e-7
/** As far back as a company's rows are looked at. */
const rememberedDeliveries = 30
/** A share that moved by less is no matter (Cohen: 0.5 is a medium effect). */
const leastEffect = 0.5
const leastRows = 10

interface CompanyHistory {
  readonly expected: number
  readonly least: number
  readonly deliveries: number
}

/** The companies of whose rows too few came with a delivery, or none, and those in whose rows values are missing that were there before. */
export function compareCompanies(
  connection: Connection,
  source: string,
  pair: RunPair,
  past: readonly PastRun[],
  labels: RunLabels,
): readonly Difference[] {
  const runs = past
    .filter(({ run, sources }) => sources.has(source) && !isLeftOut(labels.of(run, null)))
    .map(({ run }) => run)
    .slice(-rememberedDeliveries)
  const delivered = readDelivered(connection, source, pair.b)
  if (delivered.size === 0) return []
  const site = { connection, source, pair, runs, labels }
  return [...findLost(site, delivered), ...findNulls(site, delivered)]
}

const isLeftOut = (label: ReturnType<RunLabels['of']>) => label === 'incident' || label === 'expected'

interface Site {
  readonly connection: Connection
  readonly source: string
  readonly pair: RunPair
  readonly runs: readonly number[]
  readonly labels: RunLabels
}

type Delivered = ReadonlyMap<string, { readonly rows: number; readonly measures: readonly number[] }>

function readDelivered(connection: Connection, source: string, run: number): Delivered {
  const rows = connection
    .prepare(
      "SELECT company, rows, measures FROM assay_company_metric WHERE relation = ? AND scope = 'delivered' AND from_run = ?",
    )
    .all(source, run) as { company: string; rows: number; measures: string }[]
  return new Map(
    rows.map(({ company, rows: count, measures }) => [
      company,
      { rows: count, measures: JSON.parse(measures) as number[] },
    ]),
  )
}

function findLost({ connection, source, pair, runs, labels }: Site, delivered: Delivered): readonly Difference[] {
  if (runs.length < leastHistory) return []
  const history = readCompanyRows(connection, source, runs)
  const all = [...delivered.values()].reduce((sum, { rows }) => sum + rows, 0)
  const usual = [...history.values()].reduce((sum, { expected }) => sum + expected, 0)
  return [...history].flatMap(([company, { expected, least, deliveries }]) => {
    const rows = delivered.get(company)?.rows ?? 0
    const mean = usual === 0 ? 0 : (expected * all) / usual
    const likelihood = poissonAtMost(rows, mean) ?? 1
    if (deliveries < runs.length || rows * 3 >= least || likelihood >= lostChance) return []
    const reach = 6 * Math.sqrt(mean)
    const band = {
      low: Math.max(0, mean - reach),
      high: mean + reach,
      expected: mean,
      seasonality: 'none' as const,
      runs,
    }
    const key = { relation: source, scope: 'delivered', column: null, company, metric: 'rows' } as const
    return differenceOf(
      key,
      { before: mean, after: rows, likelihood, band, effect: Math.log(mean / Math.max(rows, 0.5)) / Math.log(1.1) },
      labels,
      pair,
    )
  })
}

/** Rows of each company in deliveries: on average, at least, and in how many of them it had any. */
function readCompanyRows(
  connection: Connection,
  source: string,
  runs: readonly number[],
): ReadonlyMap<string, CompanyHistory> {
  const rows = connection
    .prepare(
      `SELECT company, 1.0 * sum(rows) / :deliveries AS expected, min(rows) AS least, count(*) AS deliveries FROM assay_company_metric
      WHERE relation = :source AND scope = 'delivered' AND from_run IN (SELECT value FROM json_each(:runs)) GROUP BY company`,
    )
    .all({ source, deliveries: runs.length, runs: JSON.stringify(runs) }) as (CompanyHistory & { company: string })[]
  return new Map(rows.map((row) => [row.company, row]))
}

function findNulls(site: Site, delivered: Delivered): readonly Difference[] {
  const { connection, source } = site
  const columns = measuredColumns(connection, source).map(({ name }) => name)
  const all = [...delivered.values()].reduce((sum, { rows }) => sum + rows, 0)
  return columns.flatMap((column, at) => {
    const nullsOf = (measures: readonly number[]) => measures[2 * at] ?? 0
    const overall = [...delivered.values()].reduce((sum, { measures }) => sum + nullsOf(measures), 0) / all
    return [...delivered].flatMap(([company, { rows, measures }]) => {
      const nulls = nullsOf(measures)
      // The company's own nulls are among them all: where it is large they hide it, so that any share beyond the others' is looked at.
      if (rows < leastRows || nulls < 5 || (nulls / rows <= overall && delivered.size > 1)) return []
      return nullDifference(site, { column, at, company, rows, nulls })
    })
  })
}

function nullDifference(
  { connection, source, pair, runs, labels }: Site,
  { column, at, company, rows, nulls }: { column: string; at: number; company: string; rows: number; nulls: number },
): readonly Difference[] {
  const earlier = connection
    .prepare(
      `SELECT rows, measures FROM assay_company_metric WHERE relation = ? AND scope = 'delivered' AND company = ? AND from_run < ?
      AND from_run IN (SELECT value FROM json_each(?))`,
    )
    .all(source, company, pair.b, JSON.stringify(runs.length === 0 ? [pair.a] : runs)) as {
    rows: number
    measures: string
  }[]
  const known = earlier.reduce((sum, row) => sum + row.rows, 0)
  if (known < leastRows) return []
  const usual =
    earlier.reduce((sum, { measures }) => sum + ((JSON.parse(measures) as number[])[2 * at] ?? 0), 0) / known
  const effect = cohensH(usual, nulls / rows) ?? 0
  // As if one row more had been null: a share of zero is never known for sure.
  const likelihood = poissonMoreThan(nulls - 1, rows * Math.max(usual, 1 / known)) ?? 1
  if (effect < leastEffect || likelihood >= chance) return []
  const key = { relation: source, scope: 'delivered', column, company, metric: 'null_share' } as const
  const reach = 6 * Math.sqrt((usual * (1 - usual)) / rows)
  const band = {
    low: Math.max(0, usual - reach),
    high: Math.min(1, usual + reach),
    expected: usual,
    seasonality: 'none' as const,
    runs,
  }
  return differenceOf(
    key,
    {
      before: usual,
      after: nulls / rows,
      likelihood,
      band: runs.length < leastHistory ? null : band,
      effect: effect / leastEffect,
    },
    labels,
    pair,
  )
}

function differenceOf(
  key: MetricKey,
  found: Pick<Difference, 'before' | 'after' | 'band' | 'effect'> & { readonly likelihood: number },
  labels: RunLabels,
  { b }: RunPair,
): readonly Difference[] {
  const { likelihood, ...values } = found
  const label = labels.of(b, key)
  const isSettled = label === 'expected' || label === 'new_level' || label === 'clean'
  const difference = {
    ...key,
    ...values,
    layer: 'source',
    unit: key.metric === 'rows' ? 'rows' : 'share',
    direction: (values.after ?? 0) > (values.before ?? 0) ? 'up' : 'down',
    // As unusual as the exponents of both chances say; nothing is more certain than the smallest number.
    unusual:
      values.band === null
        ? null
        : Math.log(Math.max(likelihood, 1e-300)) / Math.log(key.metric === 'rows' ? lostChance : chance),
    level: isSettled ? 'usual' : values.band === null ? 'notable' : 'alarm',
    label,
  } as const
  return [{ ...difference, sentence: describeDifference(difference, 'integer') }]
}
