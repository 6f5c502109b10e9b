import type { ReportableRun } from '#features/reports'
import { hrefTo } from '../../lib/route.ts'
import { Chip } from '../../ui/chip.tsx'
import { Instant } from '../../ui/instant.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'

/** The runs that can be reported on, newest first. */
export function RunChoice({ runs, chosen }: { readonly runs: readonly ReportableRun[]; readonly chosen: number }) {
  return (
    <nav aria-label="Runs to report on">
      <h2>Run</h2>
      <ul className="report-runs">
        {runs.map((run) => (
          <li key={run.run_id}>
            <a
              href={hrefTo('reports', String(run.run_id))}
              aria-current={run.run_id === chosen ? 'true' : undefined}
              className="report-run"
            >
              <span>
                Run {run.run_id}, as of {run.as_of}
              </span>
              <span className="report-run-facts">
                <StatusBadge status={run.status} />
                {run.is_current && (
                  <Chip tone="good" title="Readers and exports see this run">
                    Current
                  </Chip>
                )}
                <Instant at={run.started_at} />
              </span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
