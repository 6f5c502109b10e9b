import type { ReactNode } from 'react'
import type { Tone } from './status-badge.tsx'
import './chip.css'

/** A short fact in a box. */
export function Chip({
  tone = 'neutral',
  title,
  children,
}: {
  readonly tone?: Tone
  readonly title?: string
  readonly children: ReactNode
}) {
  return (
    <span className={`chip tone-${tone}`} title={title}>
      {children}
    </span>
  )
}
