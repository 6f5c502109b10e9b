import { create } from 'zustand'
import { reportOf } from './error-report.ts'

/** A short word on what was done, that goes by itself. */
export interface Toast {
  readonly id: number
  /** What it is about; a later one about the same takes its place. */
  readonly about: string | null
  readonly tone: 'good' | 'info' | 'bad'
  readonly text: string
  /** Further lines: what was left alone, what to do next. */
  readonly details: readonly string[]
  readonly link: { readonly href: string; readonly text: string } | null
  readonly action: { readonly text: string; run(): void } | null
}

interface ToastState {
  readonly toasts: readonly Toast[]
  add(toast: Toast): void
  remove(id: number): void
}

const shownAtOnce = 3
let lastId = 0

/** The toasts in sight, the latest last. */
export const useToasts = create<ToastState>((set) => ({
  toasts: [],
  add: (toast) =>
    set(({ toasts }) => ({
      toasts: [...toasts.filter(({ about }) => about === null || about !== toast.about), toast].slice(-shownAtOnce),
    })),
  remove: (id) => set(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) })),
}))

/** Tells in a toast what was done. */
export function tell(text: string, more: Partial<Omit<Toast, 'id' | 'text'>> = {}): void {
  lastId += 1
  useToasts
    .getState()
    .add({ id: lastId, about: null, tone: 'good', text, details: [], link: null, action: null, ...more })
}

/** Tells in a toast what went wrong, and what to do; it stays until it is dismissed. */
export function tellError(error: unknown): void {
  const { message, saved, hint } = reportOf(error)
  tell(message, { tone: 'bad', details: [saved, hint].filter((line) => line !== null) })
}
