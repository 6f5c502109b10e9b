import { CircleX, Info } from 'lucide-react'
import type { ReactNode } from 'react'
import { placeParts, reportText, type ErrorReport } from '../lib/error-report.ts'
import { CopyButton } from './copy-button.tsx'
import './error-notice.css'

/**
 * A failure with all its facts: what, where, what was saved, what to do. What a person stopped on purpose is told calmly. `children`: what
 * leads to where one can look closer.
 */
export function ErrorNotice({ error, children }: { readonly error: ErrorReport; readonly children?: ReactNode }) {
  const where = placeParts(error)
  const isOnPurpose = error.code === 'CANCELLED'
  return (
    <div
      className={isOnPurpose ? 'error-notice error-notice-calm' : 'error-notice'}
      role={isOnPurpose ? 'status' : 'alert'}
    >
      {isOnPurpose ? <Info aria-hidden="true" /> : <CircleX aria-hidden="true" />}
      <div>
        <p className="error-message">{error.message}</p>
        <dl>
          {where.length > 0 && <Fact name="Where" text={where.join(', ')} />}
          {error.saved !== null && <Fact name="Saved" text={error.saved} />}
          {error.hint !== null && <Fact name="Next" text={error.hint} />}
        </dl>
        {children}
        <CopyButton label="Copy details" text={reportText(error)} />
      </div>
    </div>
  )
}

function Fact({ name, text }: { readonly name: string; readonly text: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{text}</dd>
    </>
  )
}
