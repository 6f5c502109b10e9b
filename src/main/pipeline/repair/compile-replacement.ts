import { AppError } from '../../kernel/app-error.ts'

/** A function from the groups of a match, the whole match first, to the text that takes its place. */
export function compileReplacement(template: string, groupCount: number): (groups: readonly string[]) => string {
  const parts: (string | number)[] = []
  let done = 0
  for (const match of template.matchAll(/\$(?:\$|&|\d{1,2})/g)) {
    parts.push(template.slice(done, match.index))
    done = match.index + match[0].length
    if (match[0] === '$$') parts.push('$')
    else if (match[0] === '$&') parts.push(0)
    else {
      // `$12` is group 12 where there is one, else group 1 and a 2.
      const digits = match[0].slice(1)
      const isWhole = Number(digits) <= groupCount
      const group = Number(isWhole ? digits : digits.slice(0, 1))
      if (group > groupCount) throw noSuchGroup(group, groupCount)
      parts.push(group)
      if (!isWhole) done -= digits.length - 1
    }
  }
  parts.push(template.slice(done))
  return (groups) => parts.map((part) => (typeof part === 'number' ? (groups[part] ?? '') : part)).join('')
}

function noSuchGroup(group: number, groupCount: number): AppError {
  const has = groupCount === 1 ? '1 group' : `${groupCount} groups`
  return new AppError('USAGE', `The replacement names $${group}, and the pattern has ${has}.`, {
    place: { field: 'with' },
    saved: 'Nothing was changed.',
    hint: 'Put what it should keep in brackets in the pattern, or write $$ for a dollar sign.',
  })
}
