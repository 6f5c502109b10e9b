import { useEffect, useState } from 'react'
import './skeleton.css'

/** Grey lines where rows will stand; shown only when loading takes long enough to be noticed. */
export function Skeleton({ lines = 8, label = 'Loading' }: { readonly lines?: number; readonly label?: string }) {
  const [isShown, setShown] = useState(false)
  useEffect(() => {
    const timer = window.setTimeout(() => setShown(true), 150)
    return () => window.clearTimeout(timer)
  }, [])
  if (!isShown) return null
  return (
    <div className="skeleton" role="status">
      <span className="visually-hidden">{label}</span>
      {Array.from({ length: lines }, (_unused, index) => (
        <div key={index} style={{ width: `${90 - ((index * 17) % 40)}%` }} />
      ))}
    </div>
  )
}
