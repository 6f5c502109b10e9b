import { useMemo } from 'react'
import { useCommands, type Command } from '../lib/commands.ts'
import { hrefTo, navigate } from '../lib/route.ts'
import { themeChoices, useTheme } from '../lib/theme.ts'
import { focusNextPane } from './focus-next-pane.ts'
import { screens } from './screens.ts'

/** The commands that are there on every screen. */
export function useGlobalCommands(show: (overlay: 'palette' | 'keys') => void): void {
  const commands = useMemo<readonly Command[]>(
    () => [
      ...screens.map(goTo),
      {
        id: 'palette',
        title: 'Find a command',
        section: 'Find',
        keys: 'Mod+k',
        isInPalette: false,
        run: () => show('palette'),
      },
      { id: 'keys', title: 'Show the keys', section: 'Find', keys: '?', isInPalette: true, run: () => show('keys') },
      { id: 'next-pane', title: 'Next pane', section: 'View', keys: 'F6', isInPalette: false, run: focusNextPane },
      ...themeChoices.map((choice): Command => ({
        id: `theme-${choice}`,
        title: `Theme: ${choice === 'contrast' ? 'high contrast' : choice}`,
        section: 'View',
        keys: null,
        isInPalette: true,
        run: () => useTheme.getState().choose(choice),
      })),
    ],
    [show],
  )
  useCommands(commands)
}

function goTo({ id, title, keys, command }: (typeof screens)[number]): Command {
  return {
    id: `go-${id}`,
    title: command ?? `Go to ${title}`,
    section: 'Go to',
    keys,
    isInPalette: true,
    run() {
      navigate(hrefTo(id))
      // Tab goes on within the screen one came to.
      document.getElementById('main')?.focus()
    },
  }
}
