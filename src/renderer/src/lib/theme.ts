import { create } from 'zustand'
import { readRemembered, remember } from './remembered.ts'

export const themeChoices = ['system', 'light', 'dark', 'contrast'] as const
export type ThemeChoice = (typeof themeChoices)[number]

interface ThemeState {
  readonly choice: ThemeChoice
  choose(choice: ThemeChoice): void
}

/** The person's choice of theme; `system` follows the operating system. */
export const useTheme = create<ThemeState>((set) => ({
  choice: knownChoice(readRemembered<string>('theme', 'system')),
  choose: (choice) => {
    remember('theme', choice)
    set({ choice })
    applyTheme(choice)
  },
}))

/** Shows the chosen theme, now and whenever the operating system's changes. */
export function followTheme(): void {
  applyTheme(useTheme.getState().choice)
  for (const query of ['(prefers-color-scheme: dark)', '(prefers-contrast: more)']) {
    window.matchMedia(query).addEventListener('change', () => applyTheme(useTheme.getState().choice))
  }
}

function applyTheme(choice: ThemeChoice): void {
  document.documentElement.dataset['theme'] = choice === 'system' ? systemTheme() : choice
}

function systemTheme(): ThemeChoice {
  if (window.matchMedia('(prefers-contrast: more)').matches) return 'contrast'
  return window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
}

function knownChoice(text: string): ThemeChoice {
  return themeChoices.find((choice) => choice === text) ?? 'system'
}
