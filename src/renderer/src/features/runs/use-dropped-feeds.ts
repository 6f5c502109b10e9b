import { useEffect } from 'react'
import { desktopMethods } from '#features/desktop'
import { useEngine } from '../../lib/engine.tsx'
import { reportOf, type ErrorReport } from '../../lib/error-report.ts'

/** In the desktop app: files or a folder dropped on the window become the input folder of a run. */
export function useDroppedFeeds(
  isEnabled: boolean,
  onInput: (folder: string) => void,
  onError: (error: ErrorReport | null) => void,
): void {
  const engine = useEngine()
  useEffect(() => {
    if (!isEnabled) return
    const allow = (event: DragEvent) => event.preventDefault()
    const drop = (event: DragEvent) => {
      event.preventDefault()
      // The preload script puts each file's path in its place: a page is not told where files lie.
      const files = [...(event.dataTransfer?.files ?? [])] as unknown as string[]
      if (files.length === 0) return
      onError(null)
      engine.call(desktopMethods.takeFiles, { paths: files }).then(
        ({ input }) => onInput(input),
        (cause: unknown) => onError(reportOf(cause)),
      )
    }
    window.addEventListener('dragover', allow)
    window.addEventListener('drop', drop)
    return () => {
      window.removeEventListener('dragover', allow)
      window.removeEventListener('drop', drop)
    }
  }, [engine, isEnabled, onInput, onError])
}
