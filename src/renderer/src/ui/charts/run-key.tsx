import type { ReactNode } from 'react'
import './figure.css'

interface RunKeyProps {
  readonly side: 'before' | 'after' | 'band'
  readonly children: ReactNode
}

/** How one of the two runs, or the expected band, is drawn in every picture, beside its name. */
export function RunKey({ side, children }: RunKeyProps) {
  return (
    <span className="run-key">
      <span className={`run-swatch run-swatch-${side}`} aria-hidden="true" />
      {children}
    </span>
  )
}
