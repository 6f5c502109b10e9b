import type { Parse } from '../../contract/compile-form.ts'
import type { KnownValues } from './known-values.ts'
import { lookalikeDigits } from './lookalike-digits.ts'
import type { Guess } from './suggestion.ts'

const longestNumber = 20

/** The values of a pattern that a text may mean: without stray characters, with digits for letters, or a known company one digit away. */
export function guessCompanies(text: string, parse: Parse, known: KnownValues): readonly Guess[] {
  const bare = text.replaceAll(/[^\p{L}\p{N}|]/gu, '')
  const digits = lookalikeDigits(bare)
  const tidied = [
    { candidate: bare, why: 'Signs that do not belong to it are left out' },
    { candidate: bare.toUpperCase(), why: 'It is written in capitals' },
    { candidate: digits, why: 'A letter stands for a digit' },
    { candidate: bare.replaceAll(/\D/g, ''), why: 'Letters that do not belong to it are left out' },
  ]
  const guesses: Guess[] = []
  for (const { candidate, why } of tidied) {
    const value = normalOf(candidate, parse)
    if (value === undefined || value === text || guesses.some((guess) => guess.value === value)) continue
    const isKnown = known.hasCompany(value)
    const reason = `${why}: ${value}${isKnown ? ', a known company' : ''}.`
    guesses.push({ value, reason, confidence: isKnown ? 0.97 : 0.6 })
  }
  if (guesses.some(({ value }) => known.hasCompany(value))) return guesses
  const near = nearCompanies(digits, parse, known)
  return [
    ...guesses,
    ...near.map((guess) => ({ ...guess, confidence: (guesses.length > 0 ? 0.6 : 0.85) / near.length })),
  ]
}

/** The known companies whose number becomes this one by a single slip. */
export function nearCompanies(digits: string, parse: Parse, known: KnownValues): readonly Guess[] {
  if (!/^\d+$/.test(digits) || digits.length > longestNumber) return []
  const found = new Map<string, string>()
  const own = normalOf(digits, parse)
  for (const { candidate, why } of slips(digits)) {
    const value = normalOf(candidate, parse)
    if (value !== undefined && value !== own && !found.has(value) && known.hasCompany(value)) found.set(value, why)
  }
  return [...found].map(([value, why]) => ({
    value,
    reason: `${why}: ${value} is a known company.`,
    confidence: 0.85 / found.size,
  }))
}

function* slips(digits: string): Generator<{ readonly candidate: string; readonly why: string }> {
  for (let at = 0; at < digits.length; at += 1) {
    const before = digits.slice(0, at)
    const here = digits.charAt(at)
    const behind = digits.slice(at + 1)
    const next = behind.charAt(0)
    if (next !== '')
      yield { candidate: before + next + here + behind.slice(1), why: 'Two neighbouring digits are swapped' }
    yield { candidate: before + behind, why: 'A digit is too many' }
  }
  for (let at = 0; at <= digits.length; at += 1)
    for (const digit of '0123456789') {
      yield { candidate: digits.slice(0, at) + digit + digits.slice(at), why: 'A digit is missing' }
      if (at < digits.length)
        yield { candidate: digits.slice(0, at) + digit + digits.slice(at + 1), why: 'One digit is wrong' }
    }
}

function normalOf(text: string, parse: Parse): string | undefined {
  const value = parse(text)
  return value === undefined ? undefined : String(value)
}
