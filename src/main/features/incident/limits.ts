import type { OutputOf } from '#protocol/method'
import { AppError } from '../../kernel/app-error.ts'
import { now } from '../../kernel/clock.ts'
import { heldByLimit, heldRow } from '../../pipeline/contract/ingestion-limit.ts'
import type { SourceContract } from '../../pipeline/contract/source-contract.ts'
import { readCompanies, unknownCompanies } from '../../pipeline/run/named-companies.ts'
import type { Workbench } from '../../pipeline/run/open-workbench.ts'
import type { Connection } from '../../store/database.ts'
import { isSeenBy } from '../../store/versioned-table.ts'
import { writeWhenFree } from '../../store/write-when-free.ts'
import type { incidentMethods, Limit } from './protocol.ts'

type Limits = OutputOf<typeof incidentMethods.limits>

/** The limits in force, and those lifted of which rows still wait for the next run. */
export function listLimits({ connection, project, publishedRun }: Workbench): Limits {
  const column = project.config.company
  const held = heldRows(connection, publishedRun(), column)
  const rows = connection
    .prepare(
      `SELECT source, max_rows, companies, set_by, set_at, reason FROM assay_limit
      WHERE limit_id IN (SELECT max(limit_id) FROM assay_limit GROUP BY source) ORDER BY source`,
    )
    .all() as (Omit<Limit, 'companies' | 'set_at' | 'held_rows'> & { companies: string; set_at: number })[]
  return {
    limits: rows
      .map((row) => ({
        ...row,
        companies: JSON.parse(row.companies) as string[],
        set_at: new Date(row.set_at).toISOString(),
        held_rows: held.get(row.source) ?? 0,
      }))
      .filter((limit) => limit.max_rows !== null || limit.companies.length > 0 || limit.held_rows > 0),
    sources: [...project.contracts.values()].map((contract) => ({
      name: contract.name,
      has_company: hasCompany(contract, column),
    })),
  }
}

/**
 * How many rows limits hold, by source. The findings lead, by their index (a limit holds a record as a whole, or for its company), and `+`
 * keeps the index by state away from the quarantine: to look through all of it for each row took more than a second where thousands are held.
 */
function heldRows(connection: Connection, publishedRun: number, column: string | undefined): Map<string, number> {
  const rows = connection
    .prepare(
      `SELECT q.source, count(DISTINCT q.arrival) FROM assay_finding AS f CROSS JOIN assay_quarantine AS q ON q.arrival = f.arrival
      WHERE f.is_quarantined = 1 AND f.field IN (?, ?) AND f.rule = ? AND ${isSeenBy(publishedRun, 'f')}
        AND +q.state = 'open' AND ${isSeenBy(publishedRun, 'q')} GROUP BY q.source`,
    )
    .raw()
    .all(heldRow.field, column ?? '', heldByLimit) as [string, number][]
  return new Map(rows)
}

/** Sets what a source is limited to from the next run on. Gives those of the companies that no staged row names: they may come yet. */
export async function setLimit(
  workbench: Workbench,
  who: string,
  limit: {
    readonly source: string
    readonly max_rows: number | null
    readonly companies: readonly string[]
    readonly reason: string
  },
): Promise<readonly string[]> {
  const { connection, project } = workbench
  const contract = project.contracts.get(limit.source)
  if (contract === undefined)
    throw new AppError('NOT_FOUND', `The project has no source ${limit.source}.`, {
      hint: `It has: ${[...project.contracts.keys()].join(', ')}.`,
    })
  if (limit.companies.length > 0 && !hasCompany(contract, project.config.company))
    throw new AppError('USAGE', `Rows of ${limit.source} name no company, so none can be held back.`, {
      saved: 'Nothing was changed.',
      hint: 'Limit the number of its rows instead.',
    })
  const companies = [...new Set(readCompanies(project, limit.companies, 'Nothing was changed.'))].toSorted()
  await writeWhenFree(connection, () =>
    connection
      .prepare(
        'INSERT INTO assay_limit (source, max_rows, companies, set_by, set_at, reason) VALUES (?, ?, ?, ?, ?, ?)',
      )
      .run(limit.source, limit.max_rows, JSON.stringify(companies), who, now(), limit.reason),
  )
  return unknownCompanies(connection, project, companies)
}

function hasCompany(contract: SourceContract, column: string | undefined): boolean {
  return contract.fields.some(({ name }) => name === column) && contract.staged.some(({ name }) => name === column)
}
