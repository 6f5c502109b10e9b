import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { Button } from './button.tsx'

/** Copies a text and says that it did. */
export function CopyButton({ label, text }: { readonly label: string; readonly text: string }) {
  const [outcome, setOutcome] = useState<'copied' | 'refused' | null>(null)
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setOutcome('copied'),
      () => setOutcome('refused'),
    )
  }
  return (
    <span className="copy-button">
      <Button
        look="quiet"
        icon={outcome === 'copied' ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}
        onClick={copy}
      >
        {label}
      </Button>
      <span role="status" className="soft">
        {outcome === 'copied' && 'Copied.'}
        {outcome === 'refused' && 'The system did not let the page copy; select the text instead.'}
      </span>
    </span>
  )
}
