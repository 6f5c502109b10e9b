import { TriangleAlert } from 'lucide-react'

/** A cell that breaks a rule: marked by icon and colour, its reason said to screen readers too. */
export function BadCell({ text, reason }: { readonly text: string; readonly reason: string }) {
  return (
    <span className="bad-cell" title={reason}>
      <TriangleAlert aria-hidden="true" />
      <span className="bad-cell-text">{text === '' ? '(empty)' : text}</span>
      <span className="visually-hidden">, {reason}</span>
    </span>
  )
}
