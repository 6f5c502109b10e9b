import { Printer } from 'lucide-react'
import { desktopMethods } from '#features/desktop'
import { useEngine } from '../../lib/engine.tsx'
import { tell, tellError } from '../../lib/toasts.ts'
import { Button } from '../../ui/button.tsx'

/** In the desktop app: the report as PDF. */
export function PdfButton({ fileName, html }: { readonly fileName: string; readonly html: string }) {
  const engine = useEngine()
  const print = () => {
    const name = fileName.replace(/\.html$/, '.pdf')
    engine.call(desktopMethods.savePdf, { html, file_name: name }).then(
      ({ path }) => {
        if (path !== null) tell(`Saved as ${path}`)
      },
      (cause: unknown) => tellError(cause),
    )
  }
  return (
    <Button icon={<Printer aria-hidden="true" />} onClick={print}>
      Save as PDF
    </Button>
  )
}
