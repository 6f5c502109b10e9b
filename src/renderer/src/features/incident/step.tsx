import type { ReactNode } from 'react'
import { Section } from '../../ui/screen.tsx'
import './step.css'

interface StepProps {
  readonly title: string
  /** What it will do. */
  readonly explanation: string
  readonly children: ReactNode
}

/** A step of the incident page: what it does, and the means to do it. */
export function Step({ title, explanation, children }: StepProps) {
  return (
    <Section title={title}>
      <div className="incident-step">
        <p className="soft">{explanation}</p>
        {children}
      </div>
    </Section>
  )
}
