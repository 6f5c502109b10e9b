import { Tabs as Primitive } from 'radix-ui'
import type { ReactNode } from 'react'
import './tabs.css'

export interface Tab<Id extends string> {
  readonly id: Id
  readonly title: string
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
          </Primitive.Trigger>
        ))}
      </Primitive.List>
      {tabs.map((tab) => (
        <Primitive.Content key={tab.id} value={tab.id} className="tab-content" data-pane="">
          {tab.content}
        </Primitive.Content>
      ))}
    </Primitive.Root>
  )
}
