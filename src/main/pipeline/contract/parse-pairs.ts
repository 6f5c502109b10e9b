/** The values of `key=value` or `key: value` pairs parted by `;` or `|`, by lower-case key; the last of a key counts, an empty value is null. */
export function parsePairs(text: string): ReadonlyMap<string, string | null> {
  const pairs = new Map<string, string | null>()
  for (const part of text.split(/[;|]/)) {
    const at = part.search(/[=:]/)
    if (at < 0) continue
    pairs.set(part.slice(0, at).trim().toLowerCase(), part.slice(at + 1).trim() || null)
  }
  return pairs
}
