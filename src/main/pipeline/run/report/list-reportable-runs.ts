import { formatters } from '../../../kernel/format-value.ts'
import type { Workbench } from '../open-workbench.ts'

const mostRuns = 500

export interface ReportableRun {
  readonly run_id: number
  readonly kind: 'feeds' | 'replay'
  readonly status: 'published' | 'blocked' | 'failed' | 'cancelled'
  readonly as_of: string
  readonly started_at: string
  readonly started_by: string
  readonly is_current: boolean
}

type RunRow = Omit<ReportableRun, 'status' | 'as_of' | 'started_at' | 'is_current'> & {
  readonly status: ReportableRun['status'] | 'running'
  readonly as_of: number
  readonly started_at: number
}

/** The runs that have ended, newest first. */
export function listReportableRuns({ connection, publishedRun, isBeingWritten }: Workbench): ReportableRun[] {
  const rows = connection
    .prepare(
      `SELECT run_id, kind, status, as_of, started_at, started_by FROM assay_run WHERE kind <> 'preview'
      ORDER BY run_id DESC LIMIT ${mostRuns}`,
    )
    .all() as RunRow[]
  const published = publishedRun()
  const isGoingOn = rows.some(({ status }) => status === 'running') && isBeingWritten()
  return rows.flatMap(({ status, ...row }) => {
    if (status === 'running' && isGoingOn) return []
    return [
      {
        ...row,
        // A run that says it is running although nothing is was stopped.
        status: status === 'running' ? 'failed' : status,
        as_of: formatters.date(row.as_of),
        started_at: new Date(row.started_at).toISOString(),
        is_current: row.run_id === published,
      },
    ]
  })
}
