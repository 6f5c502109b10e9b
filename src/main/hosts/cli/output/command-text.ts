import type { ErrorReport } from '../../../kernel/app-error.ts'
import { builtInProject } from '../installation.ts'
import { printable } from './printable.ts'

/** What a command was given, that the commands which it names need as well. */
export interface GivenFolders {
  readonly workspace?: string
  readonly project?: string
}

/** A command to copy, `assay runs list` with the folders of this one, in the way Assay itself was called. */
export function commandText(words: string, { workspace, project }: GivenFolders): string {
  const named = [
    ...(workspace === undefined ? [] : ['--workspace', quoted(printable(workspace))]),
    ...(project === undefined || project === builtInProject ? [] : ['--project', quoted(printable(project))]),
  ]
  return [programName(), words.replace(/^assay /, ''), ...named].join(' ')
}

/** An error whose hint ends with a command: it names the folders that were given. */
export function withFolders<Report extends ErrorReport>(report: Report, folders: GivenFolders): Report {
  const [, before, words] = /^(.*(?:: |with ))(assay [a-z][^.]*?)\.?$/s.exec(report.hint ?? '') ?? []
  if (before === undefined || words === undefined || words.includes('--workspace')) return report
  // A stop behind a command would be copied with it.
  return { ...report, hint: `${before}${commandText(words, folders)}` }
}

/** A word for a shell, in quotes where it needs them. */
export function quoted(word: string): string {
  if (process.platform === 'win32') return /^[\w./:@+=,\\-]+$/.test(word) ? word : `"${word}"`
  return /^[\w./:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`
}

function programName(): string {
  return process.env['npm_lifecycle_event'] === undefined ? 'assay' : 'npm run -s assay --'
}
