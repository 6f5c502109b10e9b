import { ChevronDown, ChevronRight } from 'lucide-react'
import { useId, type ReactNode } from 'react'
import { useRemembered } from '../lib/remembered.ts'
import './fold.css'

interface FoldProps {
  /** Under this key it is remembered whether it is open. */
  readonly id: string
  readonly title: string
  /** Stands at the right of the title, such as a button. */
  readonly beside?: ReactNode
  readonly isOpenAtFirst?: boolean
  readonly children: ReactNode
}

/** A titled part of a pane that folds away and stays as it was left. */
export function Fold({ id, title, beside, isOpenAtFirst = true, children }: FoldProps) {
  const [isOpen, setOpen] = useRemembered<boolean>(`fold.${id}`, isOpenAtFirst)
  const contentId = useId()
  return (
    <section className="fold" aria-label={title}>
      <div className="fold-header">
        <h3>
          <button
            type="button"
            aria-expanded={isOpen}
            aria-controls={isOpen ? contentId : undefined}
            onClick={() => setOpen(!isOpen)}
          >
            {isOpen ? <ChevronDown aria-hidden="true" /> : <ChevronRight aria-hidden="true" />}
            {title}
          </button>
        </h3>
        {isOpen && beside}
      </div>
      {isOpen && <div id={contentId}>{children}</div>}
    </section>
  )
}
