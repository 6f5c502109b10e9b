import type { ColumnType } from '../../../../kernel/column-type.ts'
import type { Project } from '../../../project/project.ts'
import { personalColumns } from '../../comparison/personal-columns.ts'

/** Longer values say no more to a reader. */
const longestValue = 80
const dots = '•••'
/** What findings are called by: words of the contracts. */
const wordsOfContracts = ['source', 'field', 'rule', 'severity']

/** How values that may be about a person are shown. */
export interface Mask {
  readonly isOn: boolean
  /** Whether the values of a column are about a person. */
  hidesColumn(column: string): boolean
  /** The same of a column of a model, whose texts may be those of any record: plain is only what a contract names and does not call personal. */
  hidesValues(column: string, type: ColumnType): boolean
  /**
   * Whether what was delivered in a field may be about a person. In a source that has personal columns that is any field: a cell that breaks
   * a rule often belongs to the column beside it.
   */
  hidesField(source: string, field: string): boolean
  value(value: string | null, isHidden: boolean): string
  /** A message of the run without what it may quote of a record. */
  message(text: string): string
  /** What a person wrote, without the values that are hidden elsewhere and without addresses. */
  words(text: string, hidden: readonly string[]): string
}

/** Masks values of personal columns and whole records, unless they are to be shown. */
export function createMask(project: Project, showPersonal: boolean): Mask {
  const columns = personalColumns(project)
  const contracts = [...project.contracts.values()]
  const plain = new Set([...contracts.flatMap(({ staged }) => staged.map(({ name }) => name)), ...wordsOfContracts])
  const sources = new Set(
    contracts.filter(({ staged }) => staged.some((one) => one.isPersonal)).map(({ name }) => name),
  )
  // A source that the project no longer has may have had personal columns.
  const isKnownPlain = (source: string) => project.contracts.has(source) && !sources.has(source)
  return {
    isOn: !showPersonal,
    hidesColumn: (column) => !showPersonal && columns.has(column),
    hidesValues: (column, type) => !showPersonal && (columns.has(column) || (type === 'text' && !plain.has(column))),
    hidesField: (source, field) =>
      !showPersonal && (field === 'row' || field === '' || columns.has(field) || !isKnownPlain(source)),
    value: (value, isHidden) =>
      value === null || value === ''
        ? 'empty'
        : value.trim() === ''
          ? 'blank'
          : isHidden
            ? maskValue(value)
            : cut(value),
    message: (text) => (showPersonal ? text : mentions(text, columns) ? maskedMessage : withoutQuotes(text)),
    words: (text, hidden) => (showPersonal ? text : withoutValues(text, hidden)),
  }
}

/** The first letter of what is long enough to stay unknown. */
function maskValue(value: string): string {
  const [first = '', ...rest] = Array.from(value.trim())
  return `${rest.length < 3 ? '' : first}${dots} (masked)`
}

function cut(value: string): string {
  const characters = Array.from(value)
  return characters.length <= longestValue ? value : `${characters.slice(0, longestValue).join('')}…`
}

const maskedMessage = 'What was wrong is masked, since it may quote personal data; the page of the run has it.'

function mentions(text: string, columns: ReadonlySet<string>): boolean {
  return text.split(/[^\p{L}\p{N}_]+/u).some((word) => columns.has(word))
}

/** Headers that are no headers are named in what is said of a file, and values in what is said of an error. */
function withoutQuotes(text: string): string {
  return withoutAddresses(text)
    .replace(/; it has .*$/su, '; what it has is masked.')
    .replace(/has more than one column .*$/su, 'has a column more than once; its name is masked.')
    .replace(/".*"/su, `"${dots}"`)
}

function withoutAddresses(text: string): string {
  return text.replaceAll(/[^\s@<>"(),;]+@[^\s@<>"(),;]+/gu, dots)
}

function withoutValues(text: string, hidden: readonly string[]): string {
  let masked = text
  for (const value of hidden.toSorted((one, other) => other.length - one.length))
    masked = masked.replaceAll(new RegExp(value.replaceAll(/[\\^$.*+?()[\]{}|/-]/gu, String.raw`\$&`), 'giu'), dots)
  return withoutAddresses(masked)
}
