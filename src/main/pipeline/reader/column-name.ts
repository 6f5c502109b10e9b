/** The name by which a delivered column is known: trimmed, in lower case, white space inside as `_`. */
export function columnName(delivered: string): string {
  return delivered.trim().toLowerCase().replaceAll(/\s+/gu, '_')
}

/** Column names in a sentence. */
export function listColumns(names: readonly string[]): string {
  return names.map((name) => (name === '' ? '(without a name)' : name)).join(', ')
}
