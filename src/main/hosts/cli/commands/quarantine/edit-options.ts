import type { Command } from 'commander'
import type { CellEdit, RowTarget } from '#features/quarantine'
import { AppError } from '../../../../kernel/app-error.ts'
import { collectText, nonEmpty, share } from '../../options.ts'
import { cellsOf, collectCells } from './cell-options.ts'
import type { Cell } from './cell-options.ts'

/** How cells are changed. */
export interface EditOptions {
  readonly set?: readonly Cell[]
  readonly replace?: string
  readonly find?: string
  readonly with?: string
  readonly regex?: true
  readonly ignoreCase?: true
  readonly acceptSuggestions?: number
  readonly merge?: string
  readonly from?: readonly string[]
  readonly to?: string
  readonly record?: string
  /** A filter; with `--accept-suggestions` also the field whose suggestions are taken. */
  readonly field?: readonly string[]
}

const ways = '--set, --replace, --accept-suggestions, --merge or --record'

/** Adds the ways to change cells. */
export function addEditOptions(command: Command): Command {
  return command
    .option('--set <field=value>', 'this cell becomes that; for one row it may be given again', collectCells)
    .option('--replace <field>', 'in this field replace what --find finds by --with', nonEmpty)
    .option('--find <text>', 'text, or with --regex a regular expression')
    .option('--with <text>', 'what is put there; with --regex $1 is the first group')
    .option('--regex', '--find is a regular expression (RE2)')
    .option('--ignore-case', 'small and capital letters are the same to --find')
    .option(
      '--accept-suggestions <min>',
      'take the best suggestion that is this sure, 0 to 1 (with one --field: of it alone)',
      share,
    )
    .option('--merge <field>', 'in this field make variants of a value one', nonEmpty)
    .option('--from <text>', 'a variant; give it again for more', collectText)
    .option('--to <text>', 'what the variants become')
    .option('--record <text>', 'this text in place of one whole record')
}

/** The edit that the options mean for these rows; exactly one has to be meant. */
export function editOf(options: EditOptions, target: RowTarget): CellEdit {
  const { set = [], replace, acceptSuggestions, merge, record } = options
  const given = [options.set, replace, acceptSuggestions, merge, record].filter((way) => way !== undefined)
  if (given.length !== 1)
    throw refused(`One way to change the rows is needed, not ${given.length}.`, `Give one of ${ways}.`)
  refuseStray(options)
  const isOneRow = 'ids' in target && target.ids.length === 1
  if (record !== undefined) {
    if (isOneRow) return { kind: 'cells', cells: { row: record } }
    throw refused('--record is the text of one record.', 'Name its row by one --id.')
  }
  if (replace !== undefined) return replaceOf(options, replace)
  if (merge !== undefined) return mergeOf(options, merge)
  if (acceptSuggestions !== undefined) return suggestionsOf(options, acceptSuggestions)
  const [cell] = set
  if (isOneRow || cell === undefined) return { kind: 'cells', cells: cellsOf(set) }
  if (set.length === 1) return { kind: 'set', ...cell }
  throw refused('Several cells can be set in one row alone.', 'Name the row by one --id, or set one field at a time.')
}

function replaceOf({ find, with: replacement, regex, ignoreCase }: EditOptions, field: string): CellEdit {
  if (find === undefined || find === '' || replacement === undefined)
    throw refused('--replace needs --find with some text, and --with.', 'To remove what is found, use --with "".')
  return { kind: 'replace', field, find, with: replacement, is_regex: regex ?? false, ignore_case: ignoreCase ?? false }
}

function mergeOf({ from, to }: EditOptions, field: string): CellEdit {
  if (from === undefined || to === undefined)
    throw refused(
      '--merge needs --from and --to.',
      'assay quarantine clusters FIELD shows which values may be variants.',
    )
  return { kind: 'merge', field, from: [...from], to }
}

function suggestionsOf({ field = [] }: EditOptions, least: number): CellEdit {
  const [only] = field
  if (field.length > 1)
    throw refused('Suggestions are taken for one --field or for all.', 'Give --field once, or not at all.')
  return { kind: 'suggestions', min_confidence: least, ...(only !== undefined && { field: only }) }
}

/** A part of another way to change cells is most often the sign of a misunderstanding. */
function refuseStray({ replace, merge, find, with: replacement, regex, ignoreCase, from, to }: EditOptions): void {
  const isReplacing = find !== undefined || replacement !== undefined || regex || ignoreCase
  if (replace === undefined && isReplacing)
    throw refused('--find, --with, --regex and --ignore-case go with --replace.', 'Name the field: --replace FIELD.')
  if (merge === undefined && (from !== undefined || to !== undefined))
    throw refused('--from and --to go with --merge.', 'Name the field: --merge FIELD.')
}

function refused(message: string, hint: string): AppError {
  return new AppError('USAGE', message, { saved: 'Nothing was changed.', hint })
}
