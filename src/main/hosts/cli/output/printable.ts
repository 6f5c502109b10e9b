/**
 * Text from feeds, file names and projects in a form that is safe on a terminal: control characters (which could move the cursor,
 * recolour or retitle the screen) and invisible direction marks become visible escapes.
 */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu, escapeCharacter)
}

function escapeCharacter(character: string): string {
  const short = { '\n': String.raw`\n`, '\r': String.raw`\r`, '\t': String.raw`\t` }[character]
  return short ?? String.raw`\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
