import { FileInput } from 'lucide-react'
import { useState } from 'react'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { SqlView } from '../../ui/sql-view.tsx'
import type { ModelDetail } from './model-detail.ts'

const forms = [
  { id: 'source', word: 'As written' },
  { id: 'compiled', word: 'Compiled' },
] as const

/** A model's SQL, as its author wrote it or as it runs. */
export function SqlTab({ model }: { readonly model: ModelDetail }) {
  const [form, setForm] = useState<(typeof forms)[number]['id']>('source')
  const sql = form === 'source' ? model.sql : model.compiled_sql
  if (model.sql === null || sql === null) {
    return (
      <Empty icon={<FileInput />} title="A source has no SQL">
        <p>Its feed is described by a contract; the staging model holds the rows that keep it.</p>
      </Empty>
    )
  }
  return (
    <>
      <div className="sql-bar" role="radiogroup" aria-label="Form of the SQL">
        {forms.map(({ id, word }) => (
          <label key={id}>
            <input type="radio" name="sql-form" checked={form === id} onChange={() => setForm(id)} />
            {word}
          </label>
        ))}
        <CopyButton label="Copy SQL" text={sql} />
      </div>
      <SqlView label={form === 'source' ? 'SQL as written' : 'SQL as compiled'} sql={sql} />
    </>
  )
}
