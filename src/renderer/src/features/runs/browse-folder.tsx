import { FolderOpen } from 'lucide-react'
import { desktopMethods } from '#features/desktop'
import { useEngine } from '../../lib/engine.tsx'
import { reportOf, type ErrorReport } from '../../lib/error-report.ts'
import { Button } from '../../ui/button.tsx'

interface BrowseFolderProps {
  /** Where the dialog begins; empty for where it was last. */
  readonly start: string
  onChosen(folder: string): void
  onError(error: ErrorReport): void
}

/** In the desktop app: the system's own folder dialog. */
export function BrowseFolder({ start, onChosen, onError }: BrowseFolderProps) {
  const engine = useEngine()
  const browse = () => {
    engine.call(desktopMethods.chooseFolder, { title: 'Input folder', ...(start === '' ? {} : { start }) }).then(
      ({ folder }) => {
        if (folder !== null) onChosen(folder)
      },
      (cause: unknown) => onError(reportOf(cause)),
    )
  }
  return (
    <Button icon={<FolderOpen aria-hidden="true" />} onClick={browse}>
      Browse
    </Button>
  )
}
