import { useEffect } from 'react'
import { useCommandTable, type Command } from '../lib/commands.ts'

/** How long the second key of a sequence may take. */
const sequenceMilliseconds = 1500

/** Runs commands by their keys, wherever the focus is; plain keys stay with the field one types in. */
export function useKeys(): void {
  useEffect(() => {
    let first: { readonly key: string; readonly at: number } | null = null
    const keyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isInOverlay(event.target)) return
      const stroke = strokeOf(event)
      if (isTyping(event.target) && !isForTypists(stroke, event.target)) return
      const began = first !== null && event.timeStamp - first.at < sequenceMilliseconds ? first.key : null
      const command = (began === null ? null : find(`${began} ${stroke}`)) ?? find(stroke)
      first = command === null && startsSequence(stroke) ? { key: stroke, at: event.timeStamp } : null
      if (command === null) return
      event.preventDefault()
      command.run()
    }
    window.addEventListener('keydown', keyDown)
    return () => window.removeEventListener('keydown', keyDown)
  }, [])
}

function strokeOf(event: KeyboardEvent): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  return event.ctrlKey || event.metaKey ? `Mod+${key}` : key
}

/** The innermost command of these keys: what was offered last. */
function find(keys: string): Command | null {
  return useCommandTable.getState().commands.findLast((command) => command.keys === keys) ?? null
}

function startsSequence(stroke: string): boolean {
  return useCommandTable.getState().commands.some((command) => command.keys?.startsWith(`${stroke} `) === true)
}

/** Keys that are commands even while one types. Ctrl+Z takes back what was typed, but in a form that says that nothing was. */
function isForTypists(stroke: string, field: HTMLElement): boolean {
  if (stroke === 'Mod+z') return field.closest('[data-unchanged]') !== null
  return stroke.startsWith('Mod+') || ['Escape', 'F6'].includes(stroke)
}

function isTyping(target: EventTarget | null): target is HTMLElement {
  return target instanceof HTMLElement && target.matches('input:not([type=checkbox], [type=radio]), textarea, select')
}

function isInOverlay(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('[role=dialog], [role=menu]') !== null
}
