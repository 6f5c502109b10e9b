import { readFileSync, statSync } from 'node:fs'
import { LineCounter, isNode, parseDocument, type Document } from 'yaml'
import type { z } from 'zod'
import { describeIssue } from './describe-issue.ts'
import { AppError, type ErrorPlace } from '../../kernel/app-error.ts'

const maxBytes = 1_000_000
const hint = 'Mend the project file, then start again.'

interface ReadYaml {
  readonly text: string
  readonly schema: z.ZodType
  readonly opened: OpenedYaml<unknown>
}

/** What was read last, by path: to parse a project takes longer than a small run, and it seldom changes between two of one process. */
const read = new Map<string, ReadYaml>()

/**
 * Reads and parses a YAML file and checks it against `schema`; every error names file, line and column. What it gives may be given again:
 * nobody may change it.
 */
export function readYaml<Schema extends z.ZodType>(path: string, schema: Schema): z.output<Schema> {
  return openYaml(path, schema).content
}

/** The same for those who check more of it than a schema can. */
export function openYaml<Schema extends z.ZodType>(path: string, schema: Schema): OpenedYaml<z.output<Schema>> {
  const text = readProjectText(path)
  const before = read.get(path)
  if (before?.text === text && before.schema === schema) return before.opened as OpenedYaml<z.output<Schema>>
  const opened = parseOpened(text, path, schema)
  read.set(path, { text, schema, opened })
  return opened
}

/** The text of a project file; refuses what is missing or too large to be one. */
export function readProjectText(path: string): string {
  try {
    if (statSync(path).size > maxBytes)
      throw new AppError('PROJECT_INVALID', `${path} is larger than a project file may be (1 MB).`, {
        place: { file: path },
        hint,
      })
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new AppError(
      'PROJECT_INVALID',
      `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
      {
        place: { file: path },
        hint: 'Name a project folder that holds project.yml, contracts/ and models/.',
        cause: error,
      },
    )
  }
}

/** Parses YAML text and checks it against `schema`; `path` is for the errors alone. */
export function parseYaml<Schema extends z.ZodType>(text: string, path: string, schema: Schema): z.output<Schema> {
  return parseOpened(text, path, schema).content
}

/** A file's content, and where in it something stands. */
export interface OpenedYaml<Content> {
  readonly content: Content
  placeOf(keys: readonly PropertyKey[]): Required<Pick<ErrorPlace, 'file' | 'line' | 'column'>>
}

function parseOpened<Schema extends z.ZodType>(
  text: string,
  path: string,
  schema: Schema,
): OpenedYaml<z.output<Schema>> {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, schema: 'core', uniqueKeys: true, merge: false })
  const [syntax] = document.errors
  if (syntax !== undefined) {
    const at = lines.linePos(syntax.pos[0])
    throw invalid(path, { line: at.line, column: at.col }, syntax.message.split('\n')[0] ?? 'is not YAML')
  }
  const parsed = schema.safeParse(document.toJS({ maxAliasCount: 100 }))
  if (parsed.success)
    return { content: parsed.data, placeOf: (keys) => ({ file: path, ...placeOf(document, lines, keys) }) }
  const [issue] = parsed.error.issues
  const { keys, message } = issue === undefined ? { keys: [], message: 'is not valid' } : describeIssue(issue)
  const written = document.getIn(keys)
  const cited = typeof written === 'string' && written.length < 100 ? `${JSON.stringify(written)}: ` : ''
  throw invalid(path, placeOf(document, lines, keys), `${keys.map(String).join('.') || 'the file'}: ${cited}${message}`)
}

/** The error of a place in a project file that is well formed and says something that cannot be. */
export function invalidAt(
  { file, line, column }: Required<Pick<ErrorPlace, 'file' | 'line' | 'column'>>,
  message: string,
): AppError {
  return invalid(file, { line, column }, message)
}

function invalid(path: string, place: { line: number; column: number }, message: string): AppError {
  return new AppError('PROJECT_INVALID', `${path}:${place.line}:${place.column}: ${message}`, {
    place: { file: path, ...place } satisfies ErrorPlace,
    saved: 'No run was started.',
    hint,
  })
}

/** Line and column of the deepest part of `keys` that the document has. */
function placeOf(
  document: Document,
  lines: LineCounter,
  keys: readonly PropertyKey[],
): { line: number; column: number } {
  for (let length = keys.length; length >= 0; length -= 1) {
    const node = document.getIn(keys.slice(0, length), true)
    if (isNode(node) && node.range) {
      const at = lines.linePos(node.range[0])
      return { line: at.line, column: at.col }
    }
  }
  return { line: 1, column: 1 }
}
