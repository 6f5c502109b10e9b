import type { ReactNode } from 'react'
import './screen.css'

interface ScreenProps {
  readonly title: ReactNode
  /** Small facts beside the title. */
  readonly facts?: ReactNode
  /** The one primary action, top right, and what else belongs there. */
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** The frame that all screens share: title, facts, actions, and below them the content. */
export function Screen({ title, facts, actions, children }: ScreenProps) {
  return (
    <div className="screen">
      <header className="screen-header">
        <h1>{title}</h1>
        <div className="screen-facts">{facts}</div>
        <div className="screen-actions">{actions}</div>
      </header>
      <div className="screen-body">{children}</div>
    </div>
  )
}

interface ScreenPageProps {
  /** Whether there may be nothing to stop at inside, so that the keyboard must reach the page itself to scroll it. */
  readonly isForReading?: boolean
  readonly children: ReactNode
}

/** The scrolling part of a screen that is read like a page. */
export function ScreenPage({ isForReading = false, children }: ScreenPageProps) {
  return (
    <div className="screen-page" data-pane="" tabIndex={isForReading ? 0 : -1}>
      {children}
    </div>
  )
}

/** A titled part of such a page. */
export function Section({
  title,
  beside,
  children,
}: {
  readonly title: string
  readonly beside?: ReactNode
  readonly children: ReactNode
}) {
  return (
    <section className="section" aria-label={title}>
      <div className="section-header">
        <h2>{title}</h2>
        {beside}
      </div>
      {children}
    </section>
  )
}
