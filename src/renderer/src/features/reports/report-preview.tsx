import { useMemo } from 'react'
import { cspNonce } from '../../lib/csp-nonce.ts'

/** The report in a frame of an origin of its own, without forms or a way to the page around it. */
export function ReportPreview({ html, runId }: { readonly html: string; readonly runId: number }) {
  // The frame inherits the policy of this page, which takes only style sheets that carry its nonce.
  const document = useMemo(() => html.replace('<style>', `<style nonce="${cspNonce() ?? ''}">`), [html])
  // Its own policy refuses every script; the frame lets tools look into it, such as those that test accessibility.
  return (
    <iframe className="report-preview" title={`Report of run ${runId}`} sandbox="allow-scripts" srcDoc={document} />
  )
}
