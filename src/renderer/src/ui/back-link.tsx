import { ArrowLeft } from 'lucide-react'
import { useMemo } from 'react'
import { useCommands, type Command } from '../lib/commands.ts'
import { hrefTo, navigate } from '../lib/route.ts'
import './back-link.css'

/** Leads from one thing to the list it belongs to, also by Escape. */
export function BackLink({ screen, label }: { readonly screen: string; readonly label: string }) {
  const commands = useMemo<readonly Command[]>(
    () => [
      {
        id: `back-${screen}`,
        title: label,
        section: 'Go to',
        keys: 'Escape',
        isInPalette: true,
        run: () => navigate(hrefTo(screen)),
      },
    ],
    [screen, label],
  )
  useCommands(commands)
  return (
    <a className="back-link" href={hrefTo(screen)} aria-label={label} title={`${label} (Esc)`}>
      <ArrowLeft aria-hidden="true" />
    </a>
  )
}
