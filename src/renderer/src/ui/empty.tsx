import type { ReactNode } from 'react'
import './empty.css'

interface EmptyProps {
  readonly icon: ReactNode
  readonly title: string
  /** What it is for and what to do next. */
  readonly children: ReactNode
  readonly action?: ReactNode
}

/** What a screen shows that has nothing to show yet. */
export function Empty({ icon, title, children, action }: EmptyProps) {
  return (
    <div className="empty">
      <div className="empty-icon" aria-hidden="true">
        {icon}
      </div>
      <h2>{title}</h2>
      <div className="empty-text">{children}</div>
      {action}
    </div>
  )
}
