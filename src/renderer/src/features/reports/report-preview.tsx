import { useMemo } from 'react'
import { reportsMethods } from '#features/reports'
import { cspNonce } from '../../lib/csp-nonce.ts'
import { useQuery } from '../../lib/use-query.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import type { ReportQuestion } from './use-report.ts'

/** The report as it will be. */
export function ReportPreview({ question }: { readonly question: ReportQuestion }) {
  const { data: report, error } = useQuery(reportsMethods.make, question, { keepPrevious: true })
  if (error !== null) return <ErrorNotice error={error} />
  return report === undefined ? <Skeleton /> : <ReportFrame html={report.html ?? ''} runId={report.run_id} />
}

/**
 * A frame of an origin of its own, without forms or a way to the page around it. No script runs in it although the sandbox would let it: the
 * policy of the report refuses all. So tools that test pages can look into it.
 */
function ReportFrame({ html, runId }: { readonly html: string; readonly runId: number }) {
  // It inherits the policy of this page, which takes only style sheets that carry its nonce.
  const document = useMemo(() => html.replace('<style>', `<style nonce="${cspNonce() ?? ''}">`), [html])
  return (
    <iframe className="report-preview" title={`Report of run ${runId}`} sandbox="allow-scripts" srcDoc={document} />
  )
}
