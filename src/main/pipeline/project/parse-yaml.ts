import { readFileSync, statSync } from 'node:fs'
import { LineCounter, isNode, parseDocument, type Document } from 'yaml'
import type { z } from 'zod'
import { AppError, type ErrorPlace } from '../../kernel/app-error.ts'

const maxBytes = 1_000_000
const hint = 'Mend the project file, then start again.'

/** Reads and parses a YAML file and checks it against `schema`; every error names file, line and column. */
export function readYaml<Schema extends z.ZodType>(path: string, schema: Schema): z.output<Schema> {
  return parseYaml(readProjectText(path), path, schema)
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
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, schema: 'core', uniqueKeys: true, merge: false })
  const [syntax] = document.errors
  if (syntax !== undefined) {
    const at = lines.linePos(syntax.pos[0])
    throw invalid(path, { line: at.line, column: at.col }, syntax.message.split('\n')[0] ?? 'is not YAML')
  }
  const parsed = schema.safeParse(document.toJS({ maxAliasCount: 100 }))
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const keys = issue?.path.map(String) ?? []
  throw invalid(
    path,
    placeOf(document, lines, issue?.path ?? []),
    `${keys.join('.') || 'the file'}: ${issue?.message ?? 'is not valid'}`,
  )
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
