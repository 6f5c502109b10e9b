import type { StagedValue } from '../contract/compile-contract.ts'
import { compileRecordKey } from '../contract/record-key.ts'
import type { SourceContract } from '../contract/source-contract.ts'

/** The key of a record as one text, for sources whose staged rows hold it as a column of its own; null for the others. */
export function compileStagedKey(contract: SourceContract): ((values: readonly StagedValue[]) => string | null) | null {
  return hasStagedKey(contract) ? compileRecordKey(contract) : null
}

/** Whether staged rows hold the key as one text of its own: elsewhere the key column itself is that. */
export function hasStagedKey(contract: SourceContract): boolean {
  return contract.fallbackKey !== null || contract.key.length > 1
}
