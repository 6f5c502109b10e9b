import type { z } from 'zod'

type Issue = z.core.$ZodIssue

/** What is wrong in a project file, in words, and where: keys from the top of the file. */
export interface DescribedIssue {
  readonly keys: readonly PropertyKey[]
  readonly message: string
}

/**
 * The words for an issue of a schema. Of something that may have several forms, such as a check, zod says only that it has none of them: the
 * form that its author most likely meant is looked at more closely, and where there is none, the forms are listed.
 */
export function describeIssue(issue: Issue, before: readonly PropertyKey[] = []): DescribedIssue {
  const keys = [...before, ...issue.path]
  if (issue.code === 'invalid_value' && issue.values.length > 1)
    return { keys, message: `it is none of ${issue.values.map(String).join(', ')}` }
  if (issue.code !== 'invalid_union') return { keys, message: issue.message }
  const meant = issue.errors.filter(isMeant).toSorted((one, other) => one.length - other.length)
  const [first] = meant[0] ?? []
  if (first !== undefined) return describeIssue(first, keys)
  const forms = [...new Set(issue.errors.flatMap(formsOf))]
  if (forms.length > 0) return { keys, message: `${unknownOf(issue.errors)}it is none of ${forms.join(', ')}` }
  return {
    keys,
    message: [...new Set(issue.errors.flatMap((branch) => branch.map(({ message }) => message)))].join(' or '),
  }
}

/** Whether what was written begins like this form: it is of its type, and has the key by which the form is known. */
function isMeant(branch: readonly Issue[]): boolean {
  const isOfType = branch.every(
    ({ code, path }) => path.length > 0 || (code !== 'invalid_type' && code !== 'invalid_value'),
  )
  return isOfType && (unknownKeys(branch).length === 0 || !branch.some(isMissing))
}

/** A form is known by a literal, by its type, or by the key that is missed where another one stands. */
function formsOf(branch: readonly Issue[]): readonly string[] {
  return branch.flatMap((issue) => {
    if (issue.code === 'invalid_value' && issue.path.length === 0) return issue.values.map(String)
    if (issue.code === 'invalid_type' && issue.path.length === 0)
      return [issue.expected === 'object' ? 'something with arguments' : `a ${issue.expected}`]
    return isMissing(issue) && unknownKeys(branch).length > 0 ? issue.path.map(String) : []
  })
}

const isMissing = ({ code, path }: Issue) => path.length === 1 && code !== 'unrecognized_keys'

const unknownKeys = (branch: readonly Issue[]) =>
  branch.flatMap((issue) => (issue.code === 'unrecognized_keys' && issue.path.length === 0 ? issue.keys : []))

function unknownOf(branches: readonly (readonly Issue[])[]): string {
  const [key] = branches.flatMap(unknownKeys)
  return key === undefined ? '' : `${key} is not known: `
}
