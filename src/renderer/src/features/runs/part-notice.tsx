import { TriangleAlert } from 'lucide-react'
import type { RunDetail } from '#features/runs'
import { plural } from '../../lib/format.ts'
import { hrefTo } from '../../lib/route.ts'
import { Button } from '../../ui/button.tsx'
import { causesOf } from './held-words.ts'
import type { RunGates } from './run-gates.tsx'
import './part-notice.css'

const mostNamed = 10

/** What readers do not see of a run that is published in part, why, and what to do. */
export function PartNotice({ run, gates }: { readonly run: RunDetail; readonly gates: RunGates }) {
  const parts = causesOf(run.held)
  const open = new Set(gates.gates.flatMap(({ is_open: isOpen, company }) => (isOpen ? [company] : [])))
  const isOpen = parts.some(({ value }) => open.has(value))
  return (
    <section className="part-notice" aria-label="Published in part">
      <TriangleAlert aria-hidden="true" />
      <div>
        <p className="part-notice-title">
          Published in part: {plural(parts.length, 'part')} held back, as readers saw{' '}
          {parts.length === 1 ? 'it' : 'them'} before
        </p>
        <ul>
          {parts.slice(0, mostNamed).map(({ value, sinceRun, checks }) => (
            <li key={value}>
              <strong>{value}</strong>:{' '}
              {checks.map((check, index) => [index > 0 && ', ', <Cause key={check} run={run} check={check} />])}
              {sinceRun === 0 ? '; readers see nothing of it' : `; readers see it as run ${sinceRun} left it`}
              {isByGate(run, value) && !open.has(value) && '. It was let through since: the next run shows it'}
            </li>
          ))}
          {parts.length > mostNamed && <li>and {plural(parts.length - mostNamed, 'more', 'more')}</li>}
        </ul>
        <p>
          {isOpen && (
            <>
              <Button onClick={showGates}>Let through below</Button>{' '}
            </>
          )}
          <a href={hrefTo('incident')}>Open the incident page</a>: what broke, roll back, limit what comes in.
        </p>
      </div>
    </section>
  )
}

function Cause({ run, check }: { readonly run: RunDetail; readonly check: string }) {
  const isGate = run.held.some((part) => part.check === check && part.source !== null)
  if (isGate) return check
  return <a href={hrefTo('checks', check, { run: String(run.run_id) })}>{check}</a>
}

const isByGate = ({ held }: RunDetail, value: string) =>
  held.some((part) => part.value === value && part.source !== null)

/** An address would be a route here, so the page is scrolled. */
function showGates() {
  const button = document.querySelector<HTMLElement>('section[aria-label="Gates"] td button')
  button?.scrollIntoView({ block: 'center' })
  button?.focus()
}
