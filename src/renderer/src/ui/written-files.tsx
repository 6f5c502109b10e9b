import { formatBytes, plural } from '../lib/format.ts'
import './written-files.css'

interface WrittenFile {
  readonly path: string
  readonly rows: number
  readonly bytes: number
}

/** The files that were written: where they are and how large. */
export function WrittenFiles({ files }: { readonly files: readonly WrittenFile[] }) {
  return (
    <ul className="written-files" aria-label="Files written">
      {files.map((file) => (
        <li key={file.path}>
          <code>{file.path}</code>{' '}
          <span className="soft">
            {plural(file.rows, 'row')}, {formatBytes(file.bytes)}
          </span>
        </li>
      ))}
    </ul>
  )
}
