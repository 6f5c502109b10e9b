/** The first of a list as people write it, and how many others there are: `A, B, C and 4 others`. */
export function someNames(names: readonly string[]): string {
  const most = 3
  const others = names.length - most
  if (others > 0) return `${names.slice(0, most).join(', ')} and ${others} ${others === 1 ? 'other' : 'others'}`
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
