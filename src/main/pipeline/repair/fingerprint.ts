/**
 * The fingerprint of a value, as OpenRefine defines it (https://openrefine.org/docs/technical-reference/clustering-in-depth):
 * trimmed, in lower case, without punctuation and control characters, western letters in ASCII, its words once and in order.
 */
export function fingerprint(value: string): string {
  const words = plainLetters(value).trim().split(/\s+/u)
  return [...new Set(words)].toSorted(byCodeUnits).join(' ')
}

/**
 * The n-gram fingerprint of a value, of the same page: without white space too, its pieces of `size` characters once and in order.
 * Letters become ASCII first, as in the program, and not last, as on the page: else Gödel and Godel would differ in order.
 */
export function ngramFingerprint(value: string, size: number): string {
  const letters = plainLetters(value).replaceAll(/\s/gu, '')
  const pieces = Array.from({ length: Math.max(0, letters.length - size + 1) }, (_, at) => letters.slice(at, at + size))
  return [...new Set(pieces)].toSorted(byCodeUnits).join('')
}

// Letters that no decomposition takes apart.
const ligatures: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
  ĸ: 'k',
  ł: 'l',
  ŋ: 'n',
  ſ: 's',
  ŧ: 't',
}

/** The value trimmed, in lower case and ASCII where it is western, without punctuation and control characters but tabs. */
function plainLetters(value: string): string {
  return value
    .trim()
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/\p{Mn}/gu, '')
    .replaceAll(/[ßæœøđðþħıĸłŋſŧ]/gu, (letter) => ligatures[letter] ?? letter)
    .replaceAll(/[\p{P}$+<=>^`|~]|(?!\t)\p{Cc}/gu, '')
}

function byCodeUnits(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
