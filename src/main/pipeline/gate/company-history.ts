import type { Connection } from '../../store/database.ts'
import { readCompanies, unpackCounts } from './company-counts.ts'
import { mostHistory } from './volume-band.ts'

/** What the accepted deliveries of a source had of its companies, oldest first. */
export interface CompanyHistory {
  readonly runs: readonly number[]
  /** The as-of dates of the runs, in days since 1970-01-01. */
  readonly days: readonly number[]
  /** By company its sound rows in each of the deliveries; NaN where one teaches nothing of it: before it first came, and where it was held. */
  readonly rows: ReadonlyMap<string, Float64Array>
  /** How many rows a company lacked in the last deliveries, in which it was held: it may bring them along. */
  readonly owed: ReadonlyMap<string, number>
}

interface Exception {
  readonly run_id: number
  readonly company: string
  readonly value: number
  readonly expected: number
  /** Null where nobody let it through. */
  readonly is_expected: number | null
}

/** Reads what companies can be judged by; `accepted` is the condition on a run `r` of `assay_run`. */
export function readCompanyHistory(connection: Connection, source: string, accepted: string): CompanyHistory {
  const deliveries = connection
    .prepare(
      `SELECT * FROM (SELECT d.run_id, d.day, d.companies FROM assay_delivery AS d JOIN assay_run AS r USING (run_id)
        WHERE d.source = ? AND d.teaches AND d.companies IS NOT NULL AND ${accepted} ORDER BY d.run_id DESC LIMIT ?)
      ORDER BY run_id`,
    )
    .all(source, mostHistory) as { run_id: number; day: number; companies: Buffer }[]
  const rows = rowsByCompany(
    readCompanies(connection),
    deliveries.map(({ companies }) => unpackCounts(companies)),
  )
  const runs = deliveries.map(({ run_id: run }) => run)
  const owed = new Map<string, number>()
  for (const exception of readExceptions(connection, source, accepted, runs[0] ?? 0)) {
    const { company, value, expected, is_expected: isExpected } = exception
    const at = runs.indexOf(exception.run_id)
    const own = rows.get(company)
    if (at < 0 || own === undefined) continue
    if (isExpected === 1) {
      // A new level begins: what came before counts as if it had been of it.
      for (let before = 0; before < at; before += 1) own[before] = (own[before] ?? Number.NaN) * (value / expected)
      continue
    }
    own[at] = Number.NaN
    const isLast = own.subarray(at).every(Number.isNaN)
    if (isExpected === null && isLast) owed.set(company, (owed.get(company) ?? 0) + Math.max(0, expected - value))
  }
  return { runs, days: deliveries.map(({ day }) => day), rows, owed }
}

function rowsByCompany(
  names: ReadonlyMap<number, string>,
  deliveries: readonly Uint32Array[],
): Map<string, Float64Array> {
  // One block for all, by the numbers of companies, which are dense: thousands of lists would cost more than what is done with them.
  const width = deliveries.length
  let companies = 0
  for (const number of names.keys()) companies = Math.max(companies, number + 1)
  const block = new Float64Array(companies * width).fill(Number.NaN)
  const isThere = new Uint8Array(companies)
  for (const [at, pairs] of deliveries.entries())
    for (let index = 0; index < pairs.length; index += 2) {
      const number = pairs[index] ?? 0
      if (isThere[number] === 0) block.fill(0, number * width + at, (number + 1) * width)
      isThere[number] = 1
      block[number * width + at] = pairs[index + 1] ?? 0
    }
  const rows = new Map<string, Float64Array>()
  for (const [number, name] of names)
    if (isThere[number] === 1) rows.set(name, block.subarray(number * width, (number + 1) * width))
  return rows
}

/** The deliveries that were not as usual for a company: held, or let through by a person. Oldest first. */
function readExceptions(
  connection: Connection,
  source: string,
  accepted: string,
  firstRun: number,
): readonly Exception[] {
  return connection
    .prepare(
      `SELECT g.run_id, g.company, g.value, g.expected, (SELECT o.is_expected FROM assay_gate_override AS o
        WHERE o.source = g.source AND o.fingerprint = g.fingerprint AND o.gate = g.gate AND o.company = g.company
        ORDER BY o.override_id DESC LIMIT 1) AS is_expected
      FROM assay_gate AS g JOIN assay_delivery AS d USING (run_id, source, fingerprint) JOIN assay_run AS r USING (run_id)
      WHERE g.run_id >= ? AND g.source = ? AND g.company <> '' AND g.status IN ('held', 'allowed') AND ${accepted}
      ORDER BY g.run_id`,
    )
    .all(firstRun, source) as Exception[]
}
