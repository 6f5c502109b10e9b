import { RE2JS, RE2JSException, RE2JSSyntaxException } from 're2js'
import { AppError } from '../../kernel/app-error.ts'
import { compileReplacement } from './compile-replacement.ts'

/** A change of a cell's text. */
export type TextEdit =
  | { readonly kind: 'set'; readonly value: string }
  | {
      readonly kind: 'replace'
      /** Not empty. Each place where it is found is replaced. */
      readonly find: string
      /** For a regular expression with `$1`, `$2`, ... for its groups, `$0` or `$&` for all that was found, `$$` for a dollar sign. */
      readonly with: string
      readonly is_regex: boolean
      readonly ignore_case: boolean
    }

const longestPattern = 1_000
// What one search may cost: the engine looks at each instruction of the pattern at most once for each character.
const mostSteps = 20_000_000
// Each search is linear, but a pattern that looks far ahead and finds little has the text searched once for each thing it finds.
const longestMilliseconds = 1_000

/** A function that makes the edit in a text. Throws an `AppError` USAGE for a pattern that is not a regular expression. */
export function compileTextEdit(edit: TextEdit): (text: string) => string {
  if (edit.kind === 'set') return () => edit.value
  if (edit.find === '') throw refused('There is nothing to find: the text to replace is empty.')
  if (!edit.is_regex && !edit.ignore_case) return (text) => text.replaceAll(edit.find, () => edit.with)
  const pattern = compilePattern(edit.is_regex ? edit.find : RE2JS.quote(edit.find), edit.ignore_case)
  const replacement = edit.is_regex ? compileReplacement(edit.with, pattern.groupCount()) : () => edit.with
  return (text) => replaceFound(pattern, replacement, text)
}

function compilePattern(find: string, ignoresCase: boolean): RE2JS {
  if (find.length > longestPattern)
    throw refused(`The pattern has ${find.length} characters; the longest allowed has ${longestPattern}.`)
  try {
    return RE2JS.compile(find, ignoresCase ? RE2JS.CASE_INSENSITIVE : 0)
  } catch (error) {
    if (error instanceof RE2JSException) throw invalidPattern(find, error)
    throw error
  }
}

function invalidPattern(find: string, error: RE2JSException): AppError {
  const part = error instanceof RE2JSSyntaxException ? (error.getPattern() ?? '') : ''
  const at = part === '' ? -1 : find.lastIndexOf(part)
  const reason = error instanceof RE2JSSyntaxException ? error.getDescription() : error.message
  const where = at < 0 ? '' : ` at character ${at + 1}: ${part}`
  return new AppError('USAGE', `The pattern is not a regular expression: ${reason}${where}`, {
    place: { field: 'find' },
    saved: 'Nothing was changed.',
    hint: 'Correct the pattern. It is one of RE2: without look-around and references back to a group.',
    cause: error,
  })
}

function replaceFound(pattern: RE2JS, replacement: (groups: readonly string[]) => string, text: string): string {
  if (pattern.programSize() * text.length > mostSteps) throw tooSlow(text)
  const matcher = pattern.matcher(text)
  const started = performance.now()
  let edited = ''
  let done = 0
  while (matcher.find()) {
    const groups = Array.from({ length: pattern.groupCount() + 1 }, (_, group) => matcher.group(group) ?? '')
    edited += text.slice(done, matcher.start()) + replacement(groups)
    done = matcher.end()
    if (performance.now() - started > longestMilliseconds) throw tooSlow(text)
  }
  return edited + text.slice(done)
}

function tooSlow(text: string): AppError {
  return refused(`The pattern takes too long on a text of ${text.length} characters.`)
}

function refused(message: string): AppError {
  return new AppError('USAGE', message, {
    place: { field: 'find' },
    saved: 'Nothing was changed.',
    hint: 'Use a simpler pattern, or plain text.',
  })
}
