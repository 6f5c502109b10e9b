import { Search } from 'lucide-react'
import type { WorkspaceInfo } from '#features/workspace'
import { keysText } from '../lib/commands.ts'
import { formatInstant } from '../lib/format.ts'
import { hrefTo } from '../lib/route.ts'
import { Button } from '../ui/button.tsx'
import { Instant } from '../ui/instant.tsx'
import './top-bar.css'

interface TopBarProps {
  readonly info: WorkspaceInfo | null
  onPalette(): void
}

/** Which project and workspace this is, and what readers see now. */
export function TopBar({ info, onPalette }: TopBarProps) {
  return (
    <header className="top-bar">
      <div className="top-bar-place">
        {info !== null && (
          <>
            <strong title={info.project.folder}>{info.project.title}</strong>
            <span aria-hidden="true">·</span>
            <span title={info.workspace.folder}>{info.workspace.name}</span>
          </>
        )}
      </div>
      {info !== null && <Published published={info.published} />}
      <Button look="quiet" icon={<Search aria-hidden="true" />} onClick={onPalette} aria-keyshortcuts="Control+K">
        Find a command <kbd>{keysText('Mod+k')}</kbd>
      </Button>
    </header>
  )
}

function Published({ published }: { readonly published: WorkspaceInfo['published'] }) {
  if (published === null) return <span className="soft">Nothing published yet</span>
  return (
    <span
      className="soft"
      title={`Readers and exports see run ${published.run_id}, published ${formatInstant(published.finished_at)}`}
    >
      Published: <a href={hrefTo('runs', String(published.run_id))}>run {published.run_id}</a>, as of {published.as_of},{' '}
      <Instant at={published.finished_at} />
    </span>
  )
}
