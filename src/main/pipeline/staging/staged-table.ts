import type { VersionedTable } from '../../store/versioned-table.ts'
import type { SourceContract } from '../contract/source-contract.ts'

/**
 * The names of a source's tables and columns in SQL. Besides the contract's columns a staged row has: `row_id`; `arrival`, the number
 * of the record among all ever read; `recency` in milliseconds; where the key may be null `staged_key`; and for each carried column
 * what the row itself holds (`…__own`) and how recent the carried value is (`…__at`).
 */
export interface StagedTable {
  readonly table: VersionedTable
  readonly landing: string
  readonly columns: readonly string[]
  readonly carried: readonly string[]
  readonly key: readonly string[]
  readonly hasStagedKey: boolean
}

/** The staged table of a source. */
export function stagedTableOf(contract: SourceContract): StagedTable {
  const carried = contract.staged.filter((column) => column.isCarried).map((column) => column.name)
  const hasStagedKey = contract.fallbackKey !== null
  const key = hasStagedKey ? ['staged_key'] : contract.key
  const integer = (name: string) => ({ name, isText: false })
  const text = (name: string) => ({ name, isText: true })
  return {
    table: {
      name: `staged_${contract.name}`,
      columns: [
        text('row_id'),
        integer('arrival'),
        integer('recency'),
        ...(hasStagedKey ? [text('staged_key')] : []),
        ...contract.staged.map((column) => ({ name: column.name, isText: column.type === 'text' })),
        ...contract.staged
          .filter((column) => column.isCarried)
          .flatMap((column) => [
            { name: `${column.name}__own`, isText: column.type === 'text' },
            integer(`${column.name}__at`),
          ]),
      ],
      key,
    },
    landing: `landing_${contract.name}`,
    columns: contract.staged.map((column) => column.name),
    carried,
    key,
    hasStagedKey,
  }
}
