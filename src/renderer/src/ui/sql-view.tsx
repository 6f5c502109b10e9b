import { sqlTokens } from '../lib/sql-tokens.ts'
import './sql-view.css'

/** SQL in colour, with line numbers that are not copied with it. */
export function SqlView({ label, sql }: { readonly label: string; readonly sql: string }) {
  const lines = sql.replace(/\n$/, '').split('\n').length
  return (
    // A region that scrolls must be reachable by keyboard.
    <div className="sql-view" role="region" aria-label={label} tabIndex={0}>
      <pre className="sql-lines" aria-hidden="true">
        {Array.from({ length: lines }, (_unused, index) => index + 1).join('\n')}
      </pre>
      <pre className="sql-text">
        <code>
          {sqlTokens(sql).map((token) =>
            token.kind === 'other' || token.kind === 'name' ? (
              token.text
            ) : (
              <span key={token.start} className={`sql-${token.kind}`}>
                {token.text}
              </span>
            ),
          )}
        </code>
      </pre>
    </div>
  )
}
