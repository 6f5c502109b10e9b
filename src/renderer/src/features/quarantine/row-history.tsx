import type { OutputOf } from '#protocol/method'
import type { quarantineMethods } from '#features/quarantine'
import { hrefTo } from '../../lib/route.ts'
import { Instant } from '../../ui/instant.tsx'

/** What happened to a row, oldest first. */
export function RowHistory({ row }: { readonly row: OutputOf<typeof quarantineMethods.show> }) {
  return (
    <ul className="detail-lines">
      {row.history.map((entry) => (
        <li key={`${entry.at} ${entry.what}`}>
          {entry.what}
          <div className="soft">
            {entry.who}, <Instant at={entry.at} />
            {entry.run_id !== null && (
              <>
                , <a href={hrefTo('runs', String(entry.run_id))}>run {entry.run_id}</a>
              </>
            )}
          </div>
        </li>
      ))}
    </ul>
  )
}
