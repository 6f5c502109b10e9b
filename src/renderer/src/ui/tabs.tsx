import { Tabs as Primitive } from 'radix-ui'
import type { ReactNode } from 'react'
import type { Tone } from './status-badge.tsx'
import './tabs.css'

export interface Tab<Id extends string> {
  readonly id: Id
  readonly title: string
  /** A count beside the title, and what it counts: `2`, `2 conflicts`. */
  readonly badge?: { readonly count: number; readonly meaning: string; readonly tone: Tone } | null
  /** Whether the content is made of panes of its own, for F6. */
  readonly hasPanes?: boolean
  readonly content: ReactNode
}

interface TabsProps<Id extends string> {
  readonly label: string
  readonly tabs: readonly Tab<Id>[]
  readonly openId: Id
  onOpen(id: Id): void
}

/** Tabs whose content fills what is left of the screen; arrows move between them. */
export function Tabs<Id extends string>({ label, tabs, openId, onOpen }: TabsProps<Id>) {
  const open = (id: string) => {
    const tab = tabs.find((one) => one.id === id)
    if (tab !== undefined) onOpen(tab.id)
  }
  return (
    <Primitive.Root className="tabs" value={openId} onValueChange={open}>
      <Primitive.List className="tabs-list" aria-label={label}>
        {tabs.map((tab) => (
          <Primitive.Trigger key={tab.id} value={tab.id} className="tab">
            {tab.title}
            {tab.badge !== undefined && tab.badge !== null && (
              <span className={`tab-badge tone-${tab.badge.tone}`}>
                <span aria-hidden="true">{tab.badge.count}</span>
                <span className="visually-hidden">, {tab.badge.meaning}</span>
              </span>
            )}
          </Primitive.Trigger>
        ))}
      </Primitive.List>
      {tabs.map((tab) => (
        <Primitive.Content
          key={tab.id}
          value={tab.id}
          className="tab-content"
          {...(tab.hasPanes === true ? { tabIndex: -1 } : { 'data-pane': '' })}
        >
          {tab.content}
        </Primitive.Content>
      ))}
    </Primitive.Root>
  )
}
