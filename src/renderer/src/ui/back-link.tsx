import { ArrowLeft } from 'lucide-react'
import { useMemo } from 'react'
import { useCommands, type Command } from '../lib/commands.ts'
import { hrefTo, navigate } from '../lib/route.ts'
import './back-link.css'

interface BackLinkProps {
  readonly screen: string
  readonly label: string
  /** Where the list stands as one left it; left out, the screen by itself. */
  readonly href?: string
}

/** Leads from one thing to the list it belongs to, also by Escape. */
export function BackLink({ screen, label, href = hrefTo(screen) }: BackLinkProps) {
  const commands = useMemo<readonly Command[]>(
    () => [
      {
        id: `back-${screen}`,
        title: label,
        section: 'Go to',
        keys: 'Escape',
        isInPalette: true,
        run: () => navigate(href),
      },
    ],
    [screen, label, href],
  )
  useCommands(commands)
  return (
    <a className="back-link" href={href} aria-label={label} title={`${label} (Esc)`}>
      <ArrowLeft aria-hidden="true" />
    </a>
  )
}
