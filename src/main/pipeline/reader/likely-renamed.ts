import { typingDistance } from '../repair/edit-distance.ts'

/** Names are clearly alike from here on, and no other one may come as near as this. */
const clearLikeness = 0.7
const leastLead = 0.1
/** What a shortened word counts, as `dt` for `date`. */
const abbreviation = 0.85

const fillers: ReadonlySet<string> = new Set(['of', 'the'])

/**
 * The column of a file that most likely is a missing one under another name, by the likeness of names; null where none is clearly alike, or
 * more than one. `others`: the columns of the file that are not known by their own names.
 */
export function likelyRenamed(missing: string, others: readonly string[]): string | null {
  const [best, next] = others
    .map((name) => ({ name, score: likeness(missing, name) }))
    .toSorted((one, other) => other.score - one.score)
  if (best === undefined || best.score < clearLikeness) return null
  return next !== undefined && best.score - next.score < leastLead ? null : best.name
}

/** From 0 to 1: by letters, or by words in whatever order, whichever is more. */
function likeness(one: string, other: string): number {
  const [words, otherWords] = [wordsOf(one), wordsOf(other)]
  const [letters, otherLetters] = [words.join(''), otherWords.join('')]
  const longest = Math.max(letters.length, otherLetters.length, 1)
  const byLetters = 1 - typingDistance(letters, otherLetters, longest) / longest
  const left = [...otherWords]
  const shared = words.reduce((sum, word) => {
    const at = left.findIndex((own) => wordLikeness(word, own) > 0)
    return at === -1 ? sum : sum + wordLikeness(word, left.splice(at, 1)[0] ?? '')
  }, 0)
  return Math.max(byLetters, shared / Math.max(words.length, otherWords.length, 1))
}

function wordsOf(name: string): readonly string[] {
  return name
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && !fillers.has(word))
}

function wordLikeness(one: string, other: string): number {
  if (one === other) return 1
  const [short, long] = one.length < other.length ? [one, other] : [other, one]
  return short.length > 1 && short[0] === long[0] && isWithin(short, long) ? abbreviation : 0
}

/** Whether the letters of a word stand in another one, in their order. */
function isWithin(short: string, long: string): boolean {
  let at = 0
  for (const letter of long) if (letter === short[at]) at += 1
  return at === short.length
}
