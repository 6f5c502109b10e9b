import { typingDistance } from '../edit-distance.ts'
import type { Guess } from './suggestion.ts'

interface Likeness {
  readonly confidence: number
  readonly why: string
}

/** Those of the known names that a text which is none of them may mean. */
export function guessNames(text: string, names: readonly string[]): readonly Guess[] {
  const given = lettersOf(text)
  if (given === '') return []
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  const likes = names.flatMap((name) => {
    const likeness = likenessOf(given, words, lettersOf(name))
    return likeness === undefined ? [] : [{ name, ...likeness }]
  })
  const best = Math.max(...likes.map(({ confidence }) => confidence))
  const rivals = likes.filter(({ confidence }) => confidence === best).length
  return likes.map(({ name, why, confidence }) => ({
    value: name,
    reason: `${why} ${name}.`,
    confidence: confidence === best ? confidence / rivals : confidence / 2,
  }))
}

function likenessOf(given: string, words: readonly string[], name: string): Likeness | undefined {
  if (given === name) return { confidence: 0.97, why: 'But for case and punctuation it is' }
  if (name.startsWith(given)) return { confidence: given.length >= 3 ? 0.9 : 0.6, why: 'It is the beginning of' }
  if (given === `${name}s` || given === `${name}es`) return { confidence: 0.95, why: 'It is the plural of' }
  if (words.includes(name)) return { confidence: 0.8, why: 'One of its words is' }
  const misses = typingDistance(given, name, 2)
  if (misses <= 2 && misses * 3 <= name.length)
    return misses === 1
      ? { confidence: 0.9, why: 'One letter is wrong in' }
      : { confidence: name.length > 6 ? 0.75 : 0.6, why: 'Two letters are wrong in' }
  if (given.startsWith(name) && name.length >= 4) return { confidence: 0.7, why: 'It begins with' }
  if (given.length >= 3 && isAbbreviation(given, name)) return { confidence: 0.5, why: 'It may be short for' }
  return undefined
}

/** Whether the letters stand in the name in this order, from its first letter on. */
function isAbbreviation(letters: string, name: string): boolean {
  let at = 0
  for (const letter of name) if (letter === letters[at]) at += 1
  return letters[0] === name[0] && at === letters.length
}

function lettersOf(text: string): string {
  return (
    text
      .toLowerCase()
      .normalize('NFKD')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  ).join('')
}
