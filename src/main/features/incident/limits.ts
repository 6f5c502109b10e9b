import type { OutputOf } from '#protocol/method'
import { AppError } from '../../kernel/app-error.ts'
import { now } from '../../kernel/clock.ts'
import { heldByLimit } from '../../pipeline/contract/ingestion-limit.ts'
import type { SourceContract } from '../../pipeline/contract/source-contract.ts'
import type { Workbench } from '../../pipeline/run/open-workbench.ts'
import { compileCompany } from '../../pipeline/staging/company-of.ts'
import { isSeenBy } from '../../store/versioned-table.ts'
import { writeWhenFree } from '../../store/write-when-free.ts'
import type { incidentMethods, Limit } from './protocol.ts'

type Limits = OutputOf<typeof incidentMethods.limits>

/** The limits in force, and those lifted of which rows still wait for the next run. */
export function listLimits({ connection, project, publishedRun }: Workbench): Limits {
  const rows = connection
    .prepare(
      `SELECT l.source, l.max_rows, l.companies, l.set_by, l.set_at, l.reason,
        (SELECT count(*) FROM assay_quarantine AS q WHERE q.source = l.source AND q.state = 'open' AND ${isSeenBy(publishedRun(), 'q')}
          AND EXISTS (SELECT 1 FROM assay_finding AS f WHERE f.arrival = q.arrival AND f.rule = ? AND f.is_quarantined = 1
            AND ${isSeenBy(publishedRun(), 'f')})) AS held_rows
      FROM assay_limit AS l WHERE l.limit_id IN (SELECT max(limit_id) FROM assay_limit GROUP BY source) ORDER BY l.source`,
    )
    .all(heldByLimit) as (Omit<Limit, 'companies' | 'set_at'> & { companies: string; set_at: number })[]
  const column = project.config.company
  return {
    limits: rows
      .map((row) => ({
        ...row,
        companies: JSON.parse(row.companies) as string[],
        set_at: new Date(row.set_at).toISOString(),
      }))
      .filter((limit) => limit.max_rows !== null || limit.companies.length > 0 || limit.held_rows > 0),
    sources: [...project.contracts.values()].map((contract) => ({
      name: contract.name,
      has_company: hasCompany(contract, column),
    })),
  }
}

/** Sets what a source is limited to from the next run on. */
export async function setLimit(
  workbench: Workbench,
  who: string,
  limit: {
    readonly source: string
    readonly max_rows: number | null
    readonly companies: readonly string[]
    readonly reason: string
  },
): Promise<void> {
  const { connection, project } = workbench
  const contract = project.contracts.get(limit.source)
  if (contract === undefined)
    throw new AppError('NOT_FOUND', `The project has no source ${limit.source}.`, {
      hint: `It has: ${[...project.contracts.keys()].join(', ')}.`,
    })
  const column = project.config.company ?? null
  if (limit.companies.length > 0 && !hasCompany(contract, column ?? undefined))
    throw new AppError('USAGE', `Rows of ${limit.source} name no company, so none can be held back.`, {
      saved: 'Nothing was changed.',
      hint: 'Limit the number of its rows instead.',
    })
  const normalForm = compileCompany(contract, column, project.config.null_words)
  const companies = limit.companies.map((company) => normalForm({ [column ?? '']: company }) ?? company)
  await writeWhenFree(connection, () =>
    connection
      .prepare(
        'INSERT INTO assay_limit (source, max_rows, companies, set_by, set_at, reason) VALUES (?, ?, ?, ?, ?, ?)',
      )
      .run(limit.source, limit.max_rows, JSON.stringify([...new Set(companies)].toSorted()), who, now(), limit.reason),
  )
}

function hasCompany(contract: SourceContract, column: string | undefined): boolean {
  return contract.fields.some(({ name }) => name === column) && contract.staged.some(({ name }) => name === column)
}
