import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AppError } from '../../../src/main/kernel/app-error.ts'
import { compileTextEdit } from '../../../src/main/pipeline/repair/edit-text.ts'

interface Options {
  readonly is_regex?: boolean
  readonly ignore_case?: boolean
}

function replace(find: string, replacement: string, options: Options = {}): (text: string) => string {
  return compileTextEdit({ kind: 'replace', find, with: replacement, is_regex: false, ignore_case: false, ...options })
}

function failureOf(act: () => unknown): AppError {
  try {
    act()
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
  throw new Error('nothing failed')
}

test('a value is set whatever was there', () => {
  expect(compileTextEdit({ kind: 'set', value: 'Medical' })('x')).toBe('Medical')
})

test('plain text is replaced wherever it stands, and means only itself', () => {
  expect(replace('.', '$1$&')('1.2.3')).toBe('1$1$&2$1$&3')
  expect(replace('inc', 'LLC')('Inc inc INC')).toBe('Inc LLC INC')
  expect(replace('inc.', '$&', { ignore_case: true })('Inc. inc. INCA')).toBe('$& $& INCA')
  expect(replace('É', 'e', { ignore_case: true })('éÉ')).toBe('ee')
})

test.each([
  [String.raw`(\d+)/(\d+)`, '$2/$1', '31/12/2022', '12/31/2022'],
  ['b+', '[$0]', 'abbc', 'a[bb]c'],
  ['b+', '[$&]', 'abbc', 'a[bb]c'],
  ['b', '$$', 'abc', 'a$c'],
  ['b', 'US$', 'abc', 'aUS$c'],
  ['(b)|(c)', '<$1$2>', 'abc', 'a<b><c>'],
  ['(b)', '$12', 'abc', 'ab2c'],
  ['x*', '-', 'abc', '-a-b-c-'],
  ['^|$', '"', 'ab', '"ab"'],
  ['(?i)med', 'M', 'MED med', 'M M'],
])('/%s/ to %s makes of %s: %s', (find, replacement, text, expected) => {
  expect(replace(find, replacement, { is_regex: true })(text)).toBe(expected)
})

test('a regular expression replaces as the one of JavaScript does', () => {
  const piece = fc.constantFrom('a', 'b', '[ab]', '(a|b)', 'a?', 'b+', '(ab)', '.')
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' ') })
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 4 }), text, (pieces, input) => {
      const find = pieces.join('')
      expect(replace(find, '<$&>', { is_regex: true })(input)).toBe(input.replace(new RegExp(find, 'g'), '<$&>'))
    }),
    { numRuns: 300 },
  )
})

test.each([
  ['(abc', 'missing closing )', 1],
  ['ab[z-a]', 'invalid character class range', 4],
  ['ab**', 'invalid nested repetition operator', 3],
  ['ab(?=c)', 'invalid or unsupported Perl syntax', 3],
  [String.raw`(a)\1`, 'invalid escape sequence', 4],
])('%s is no regular expression: %s', (find, reason, character) => {
  const error = failureOf(() => replace(find, '', { is_regex: true }))
  expect(error.code).toBe('USAGE')
  expect(error.message).toContain(`${reason} at character ${character}`)
  expect(error.hint).not.toBeNull()
})

test('a group that the pattern lacks, an empty text to find, and a pattern without end are refused', () => {
  expect(failureOf(() => replace('(a)', '$2', { is_regex: true })).message).toContain('$2, and the pattern has 1 group')
  expect(failureOf(() => replace('', 'x')).code).toBe('USAGE')
  expect(failureOf(() => replace('a'.repeat(1001), '', { is_regex: true })).message).toContain('1001 characters')
  expect(failureOf(() => replace('((a{100}){100}){100}', '', { is_regex: true })).code).toBe('USAGE')
})

test.each([
  ['(a+)+$', 'x'.repeat(100_000)],
  ['(a+)+$', `${'a'.repeat(100_000)}x`],
  ['(a|a)*b', 'a'.repeat(100_000)],
])('%s, which a backtracking engine would never end with, ends on a text of 100,000 characters', (find, text) => {
  expect(replace(find, '', { is_regex: true })(text)).toBe(text)
})

test.each([
  ['x*y|x', 'x'.repeat(100_000)],
  ['(x?){1000}x{1000}', 'x'.repeat(100_000)],
])('%s, which would search a long text again and again, is given up', (find, text) => {
  const edit = replace(find, '', { is_regex: true })
  expect(failureOf(() => edit(text)).message).toContain('takes too long')
})
