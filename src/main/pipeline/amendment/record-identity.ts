import type { StagedValue } from '../contract/compile-contract.ts'
import { compileForm } from '../contract/compile-form.ts'
import type { SourceContract } from '../contract/source-contract.ts'
import { compileRecordKey } from '../contract/record-key.ts'

/** The identity of a record by the key that its cells name, in the order of the contract's fields; null where the key is broken. */
export type Identify = (cells: readonly (string | null)[]) => string | null

/** The identity of a record whose key is broken: the place where it was delivered. */
export function placeIdentity(file: string, line: number): string {
  return `@${file}:${line}`
}

/** Compiles the function that tells which record of the source a delivered record is. */
export function compileIdentity(contract: SourceContract, nullWords: readonly string[]): Identify {
  const keyOf = compileRecordKey(contract)
  const isNull = new Set(nullWords)
  const names = new Set([...contract.key, ...(contract.fallbackKey ?? [])])
  const parts = contract.fields.flatMap((field, cell) =>
    names.has(field.name)
      ? [{ cell, column: contract.staged.findIndex(({ name }) => name === field.name), parse: compileForm(field.form) }]
      : [],
  )
  const values = new Array<StagedValue>(contract.staged.length).fill(null)
  return (cells) => {
    for (const { cell, column, parse } of parts) {
      const text = cells[cell]?.trim() ?? ''
      values[column] = text === '' || isNull.has(text) ? null : (parse(text) ?? null)
    }
    return keyOf(values)
  }
}
