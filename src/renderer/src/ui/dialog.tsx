import { X } from 'lucide-react'
import { Dialog as Primitive } from 'radix-ui'
import { useState, type ReactNode } from 'react'
import { IconButton } from './button.tsx'
import './dialog.css'

interface DialogProps {
  readonly title: string
  /** A sentence below the title; read out with it. */
  readonly description?: string
  /** `widest` is as wide as the window allows, for tables. */
  readonly width?: 'usual' | 'wide' | 'widest'
  /** Called by Escape, the cross and a click beside the dialog. */
  onClose(): void
  readonly children: ReactNode
}

/** What one came to fill in gets the focus, not the cross. */
function focusFirstInput(event: Event): void {
  const content = event.currentTarget
  const input = content instanceof HTMLElement ? content.querySelector<HTMLElement>('input, select, textarea') : null
  if (input === null) return
  event.preventDefault()
  input.focus()
}

/** Only where nothing else has taken the focus, such as a dialog that this one led to. */
function focusAgain(opener: Element | null): void {
  if (document.activeElement === document.body && opener instanceof HTMLElement) opener.focus()
}

/** A modal dialog: focus stays inside until it is closed, then goes back to where it was. */
export function Dialog({ title, description, width = 'usual', onClose, children }: DialogProps) {
  // The primitive gives the focus back to a trigger alone, and these dialogs have none.
  const [opener] = useState(() => document.activeElement)
  return (
    <Primitive.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Primitive.Portal>
        <div className="dialog-backdrop" />
        <Primitive.Content
          className={`dialog dialog-${width}`}
          onOpenAutoFocus={focusFirstInput}
          onCloseAutoFocus={() => focusAgain(opener)}
          {...(description === undefined ? { 'aria-describedby': undefined } : {})}
        >
          <header className="dialog-header">
            <Primitive.Title asChild>
              <h2>{title}</h2>
            </Primitive.Title>
            <Primitive.Close asChild>
              <IconButton label="Close" icon={<X aria-hidden="true" />} />
            </Primitive.Close>
          </header>
          {description !== undefined && <Primitive.Description className="soft">{description}</Primitive.Description>}
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}
