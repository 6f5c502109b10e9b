import type { OutputOf } from '#protocol/method'
import type { quarantineMethods } from '#features/quarantine'
import { markRaw } from './mark-raw.ts'
import { badFields } from './reasons.ts'

type Detail = OutputOf<typeof quarantineMethods.show>

/** The record as it was delivered, its bad parts marked, with the reasons for screen readers. */
export function RawRecord({ row }: { readonly row: Detail }) {
  return (
    <pre className="raw-record">
      {markRaw(row.raw, row.cells, badFields(row.reasons)).map((part) =>
        part.reason === null ? (
          part.text
        ) : (
          <mark key={part.start} title={part.reason} className={part.text === '' ? 'raw-empty' : undefined}>
            {part.text}
            <span className="visually-hidden"> ({part.reason}) </span>
          </mark>
        ),
      )}
    </pre>
  )
}
