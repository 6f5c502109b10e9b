import { compileForm } from '../contract/compile-form.ts'
import type { SourceContract } from '../contract/source-contract.ts'

/** Tells which company a record names, in its normal form where it has one; null where it names none. */
export function compileCompany(
  contract: SourceContract,
  column: string | null,
  nullWords: readonly string[],
): (cells: Readonly<Record<string, string | null>> | null) => string | null {
  const field = contract.fields.find(({ name }) => name === column)
  if (field === undefined) return () => null
  const parse = compileForm(field.form)
  const isNull = new Set(nullWords)
  return (cells) => {
    const text = cells?.[field.name]?.trim() ?? ''
    return text === '' || isNull.has(text) ? null : String(parse(text) ?? text)
  }
}
