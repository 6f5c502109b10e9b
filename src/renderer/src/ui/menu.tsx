import { DropdownMenu as Primitive } from 'radix-ui'
import type { ReactNode } from 'react'
import './menu.css'

interface MenuProps {
  /** The button that opens it. */
  readonly button: ReactNode
  readonly children: ReactNode
}

/** A menu below a button; arrows and letters choose, Escape leads back to the button. */
export function Menu({ button, children }: MenuProps) {
  return (
    <Primitive.Root modal={false}>
      <Primitive.Trigger asChild>{button}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content className="menu" align="start" sideOffset={4} collisionPadding={8}>
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}

/** One entry of a menu. */
export function MenuItem({ onChoose, children }: { onChoose(): void; readonly children: ReactNode }) {
  return (
    <Primitive.Item className="menu-item" onSelect={onChoose}>
      {children}
    </Primitive.Item>
  )
}

/** A line between groups of entries. */
export function MenuLine() {
  return <Primitive.Separator className="menu-line" />
}

/** What a menu says that cannot be chosen. */
export function MenuNote({ children }: { readonly children: ReactNode }) {
  return <Primitive.Label className="menu-note">{children}</Primitive.Label>
}
