import type { KeyboardEvent, PointerEvent, ReactNode } from 'react'
import { useRemembered } from '../lib/remembered.ts'
import './side-pane.css'

interface SidePaneProps {
  /** Under this key its width is remembered. */
  readonly id: string
  readonly label: string
  readonly side: 'left' | 'right'
  readonly width: number
  readonly children: ReactNode
}

const narrowest = 160
const widest = 720
const step = 16

/** A pane beside the main one, as wide as its user made it, by pointer or by the arrows on its edge. */
export function SidePane({ id, label, side, width: initial, children }: SidePaneProps) {
  const [width, setWidth] = useRemembered(`pane.${id}`, initial)
  const resize = (next: number) => setWidth(Math.min(widest, Math.max(narrowest, Math.round(next))))
  const outwards = side === 'left' ? 1 : -1

  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
    const pane = event.currentTarget.parentElement?.getBoundingClientRect()
    if (pane === undefined) return
    resize(side === 'left' ? event.clientX - pane.left : pane.right - event.clientX)
  }
  const nudge = (event: KeyboardEvent) => {
    if (event.key === 'ArrowRight') resize(width + step * outwards)
    else if (event.key === 'ArrowLeft') resize(width - step * outwards)
    else return
    event.preventDefault()
  }

  return (
    <aside className={`side-pane side-pane-${side}`} style={{ width }} aria-label={label}>
      <div className="side-pane-content" data-pane="" tabIndex={-1}>
        {children}
      </div>
      <div
        className="side-pane-edge"
        role="separator"
        aria-orientation="vertical"
        aria-label={`Width of ${label.toLowerCase()}`}
        aria-valuenow={width}
        aria-valuemin={narrowest}
        aria-valuemax={widest}
        tabIndex={0}
        onKeyDown={nudge}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={drag}
      />
    </aside>
  )
}
