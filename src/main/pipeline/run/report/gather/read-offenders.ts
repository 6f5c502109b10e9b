import type { Connection } from '../../../../store/database.ts'
import { isSeenBy } from '../../../../store/versioned-table.ts'
import type { Workbench } from '../../open-workbench.ts'
import type { Offenders } from '../report-data.ts'
import type { Mask } from './mask.ts'

const mostRules = 15
const mostCompanies = 10
const mostValues = 3

type Rule = Offenders['rules']['items'][number]
type Company = Offenders['companies']['items'][number]

/** Rules and companies with the most rows that are held back, as readers of the run see them. */
export function readOffenders(workbench: Workbench, runId: number, mask: Mask): Offenders {
  const { connection } = workbench
  const nameOf = companyNames(workbench, mask)
  const rules = connection
    .prepare(
      `SELECT q.source, f.field, f.rule, count(DISTINCT q.arrival) AS "rows",
        count(DISTINCT CASE WHEN q.first_run = :run THEN q.arrival END) AS fresh, count(DISTINCT q.company) AS companies
      FROM ${heldBack(runId)} GROUP BY q.source, f.field, f.rule ORDER BY 4 DESC, q.source, f.field, f.rule`,
    )
    .all({ run: runId }) as Omit<Rule, 'worst' | 'values'>[]
  const companies = connection
    .prepare(
      `SELECT q.company, count(*) AS "rows", sum(q.first_run = :run) AS fresh, json_group_array(DISTINCT q.source) AS sources FROM assay_quarantine AS q
      WHERE q.state = 'open' AND q.company IS NOT NULL AND ${isSeenBy(runId, 'q')} GROUP BY q.company ORDER BY 2 DESC, q.company`,
    )
    .all({ run: runId }) as (Omit<Company, 'reason'> & { readonly sources: string })[]
  return {
    rules: {
      items: rules.slice(0, mostRules).map((rule) => ({
        ...rule,
        worst: worstCompany(connection, runId, rule, nameOf),
        values: commonValues(connection, runId, rule, mask),
      })),
      total: rules.length,
    },
    companies: {
      items: companies.slice(0, mostCompanies).map(({ company, rows, fresh, sources }) => ({
        company: nameOf(company, JSON.parse(sources) as string[]),
        rows,
        fresh,
        reason: commonReason(connection, runId, company),
      })),
      total: companies.length,
    },
  }
}

/** Rows that the run holds back, once for each reason. */
const heldBack = (run: number) =>
  `assay_quarantine AS q JOIN assay_finding AS f ON f.arrival = q.arrival AND f.is_quarantined = 1 AND f.severity = 'error'
  AND ${isSeenBy(run, 'f')} AND q.state = 'open' AND ${isSeenBy(run, 'q')}`

type RuleName = Pick<Rule, 'source' | 'field' | 'rule'>

type CompanyName = (company: string, sources: readonly string[]) => string

/** A company that no accepted row has may be the text of another cell. */
function companyNames({ connection, project }: Workbench, mask: Mask): CompanyName {
  const relations = JSON.stringify([...project.contracts.keys(), ...project.models.keys()])
  const known = connection
    .prepare(
      "SELECT 1 FROM assay_company_metric WHERE relation IN (SELECT value FROM json_each(?)) AND scope = 'state' AND company = ? LIMIT 1",
    )
    .pluck()
  return (company, sources) =>
    mask.value(
      company,
      sources.some((source) => mask.hidesField(source, 'company')) && known.get(relations, company) === undefined,
    )
}

function worstCompany(
  connection: Connection,
  run: number,
  { source, field, rule }: RuleName,
  nameOf: CompanyName,
): Rule['worst'] {
  const worst = connection
    .prepare(
      `SELECT q.company, count(DISTINCT q.arrival) AS "rows" FROM ${heldBack(run)}
      WHERE q.source = ? AND f.field = ? AND f.rule = ? AND q.company IS NOT NULL GROUP BY q.company ORDER BY 2 DESC, q.company LIMIT 1`,
    )
    .get(source, field, rule) as { company: string; rows: number } | undefined
  return worst === undefined ? null : { ...worst, company: nameOf(worst.company, [source]) }
}

function commonValues(
  connection: Connection,
  run: number,
  { source, field, rule }: RuleName,
  mask: Mask,
): Rule['values'] {
  const rows = connection
    .prepare(
      `SELECT f.raw_value AS value, count(*) AS "rows" FROM ${heldBack(run)}
      WHERE q.source = ? AND f.field = ? AND f.rule = ? GROUP BY f.raw_value ORDER BY 2 DESC, f.raw_value LIMIT ${mostValues}`,
    )
    .all(source, field, rule) as { value: string | null; rows: number }[]
  const sums = new Map<string, number>()
  for (const { value, rows: count } of rows) {
    const shown = mask.value(value, mask.hidesField(source, field))
    sums.set(shown, (sums.get(shown) ?? 0) + count)
  }
  return [...sums].map(([value, count]) => ({ value, rows: count }))
}

function commonReason(connection: Connection, run: number, company: string): string {
  const reason = connection
    .prepare(
      `SELECT q.source || ', ' || f.field || ': ' || f.rule FROM ${heldBack(run)} WHERE q.company = ?
      GROUP BY q.source, f.field, f.rule ORDER BY count(DISTINCT q.arrival) DESC, q.source, f.field, f.rule LIMIT 1`,
    )
    .pluck()
    .get(company) as string | undefined
  return reason ?? ''
}
