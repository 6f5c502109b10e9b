import './bar.css'

interface BarProps {
  /** From 0 to 1. */
  readonly share: number
  readonly look: 'before' | 'after' | 'alarm' | 'notable' | 'usual'
}

/** A bar as long as its share of the room it is given; the number that it shows stands beside it, as text. */
export function Bar({ share, look }: BarProps) {
  const percent = Math.min(1, Math.max(0, share)) * 100
  return (
    <span className="bar" aria-hidden="true">
      {percent > 0 && <span className={`bar-fill bar-${look}`} style={{ width: `${percent}%` }} />}
    </span>
  )
}
