import { PencilLine } from 'lucide-react'

/** A cell that differs: marked by icon and colour, the old value struck through, both said to screen readers. */
export function ChangedCell({ before, after }: { readonly before: string; readonly after: string }) {
  return (
    <span className="changed-cell">
      <PencilLine aria-hidden="true" />
      <span className="visually-hidden">changed from </span>
      <del>{before === '' ? '(empty)' : before}</del>
      <span aria-hidden="true">→</span>
      <span className="visually-hidden"> to </span>
      <ins>{after === '' ? '(empty)' : after}</ins>
    </span>
  )
}
