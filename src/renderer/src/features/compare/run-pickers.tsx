import { GitCompareArrows } from 'lucide-react'
import { useId, useState } from 'react'
import type { ComparedRun } from '#features/compare'
import { navigate } from '../../lib/route.ts'
import { Button } from '../../ui/button.tsx'
import { labelWords } from './metric-words.ts'
import { overviewHref } from './pair-in-address.ts'

interface RunPickersProps {
  readonly runs: readonly ComparedRun[]
  /** The runs that are compared now. */
  readonly a: number
  readonly b: number
  readonly tab: string | null
}

/** Which run is compared with which; the button does it. */
export function RunPickers({ runs, a, b, tab }: RunPickersProps) {
  const [before, setBefore] = useState(a)
  const [after, setAfter] = useState(b)
  return (
    <form
      className="run-pickers"
      aria-label="Runs to compare"
      onSubmit={(event) => {
        event.preventDefault()
        navigate(overviewHref({ a: before, b: after }, tab))
      }}
    >
      <RunSelect label="Before" runs={runs} value={before} onChange={setBefore} />
      <RunSelect label="After" runs={runs} value={after} onChange={setAfter} />
      <Button look="primary" isSubmit icon={<GitCompareArrows aria-hidden="true" />}>
        Compare runs
      </Button>
    </form>
  )
}

interface RunSelectProps {
  readonly label: string
  readonly runs: readonly ComparedRun[]
  readonly value: number
  onChange(run: number): void
}

function RunSelect({ label, runs, value, onChange }: RunSelectProps) {
  const id = useId()
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onChange(Number(event.target.value))}>
        {runs.map((run) => (
          <option key={run.run_id} value={run.run_id}>
            {runText(run)}
          </option>
        ))}
      </select>
    </>
  )
}

function runText({
  run_id: id,
  as_of: asOf,
  status,
  is_current: isCurrent,
  is_candidate: isCandidate,
  label,
}: ComparedRun) {
  const standing = isCurrent ? 'current' : isCandidate ? 'candidate' : status === 'published' ? null : status
  const facts = [asOf, standing, label === null ? null : labelWords[label].toLowerCase()]
  return `Run ${id} · ${facts.filter((fact) => fact !== null).join(' · ')}`
}
