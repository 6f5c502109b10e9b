import { useState } from 'react'
import { CopyButton } from '../../ui/copy-button.tsx'
import { SqlView } from '../../ui/sql-view.tsx'

const forms = [
  { id: 'source', word: 'As written' },
  { id: 'compiled', word: 'Compiled' },
] as const

/** A model's SQL, as its author wrote it or as it runs. */
export function SqlTab({ sql, compiled }: { readonly sql: string; readonly compiled: string }) {
  const [form, setForm] = useState<(typeof forms)[number]['id']>('source')
  const shown = form === 'source' ? sql : compiled
  return (
    <>
      <div className="sql-bar" role="radiogroup" aria-label="Form of the SQL">
        {forms.map(({ id, word }) => (
          <label key={id}>
            <input type="radio" name="sql-form" checked={form === id} onChange={() => setForm(id)} />
            {word}
          </label>
        ))}
        <CopyButton label="Copy SQL" text={shown} />
      </div>
      <SqlView label={form === 'source' ? 'SQL as written' : 'SQL as compiled'} sql={shown} />
    </>
  )
}
