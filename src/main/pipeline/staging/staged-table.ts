import type { VersionedTable } from '../../store/versioned-table.ts'
import type { SourceContract } from '../contract/source-contract.ts'
import { hasStagedKey } from './staged-key.ts'

/**
 * The names of a source's tables and columns in SQL. Besides the contract's columns a staged row has: `row_id`; `arrival`, the number
 * of the record among all ever read; `recency` in milliseconds; `is_waived`, 1 where it was accepted on purpose; where the key is made of
 * several columns `staged_key`; and for each carried column what the row itself holds (`…__own`) and how recent the carried value is
 * (`…__at`).
 */
export interface StagedTable {
  readonly table: VersionedTable
  /** Every valid record of the keys of which more than one is known, so that any of them may be withdrawn. */
  readonly contested: VersionedTable
  readonly landing: string
  /** The contract's columns. */
  readonly columns: readonly string[]
  /** What makes two rows of a key equal in content: the contract's columns and the waiver. */
  readonly content: readonly string[]
  readonly carried: readonly string[]
  /** The one column that holds the key of a row as text. */
  readonly keyColumn: string
  readonly key: readonly string[]
  readonly hasStagedKey: boolean
}

/** The staged table of a source. */
export function stagedTableOf(contract: SourceContract): StagedTable {
  const carried = contract.staged.filter((column) => column.isCarried).map((column) => column.name)
  const hasOwnKey = hasStagedKey(contract)
  const keyColumn = hasOwnKey ? 'staged_key' : (contract.key[0] ?? '')
  const integer = (name: string) => ({ name, isText: false })
  const text = (name: string) => ({ name, isText: true })
  const columns = contract.staged.map((column) => column.name)
  const delivered = [
    text('row_id'),
    integer('arrival'),
    integer('recency'),
    { ...integer('is_waived'), before: 0 },
    ...(hasOwnKey ? [text('staged_key')] : []),
    ...contract.staged.map((column) => ({ name: column.name, isText: column.type === 'text' })),
  ]
  return {
    table: {
      name: `staged_${contract.name}`,
      columns: [
        ...delivered,
        ...contract.staged
          .filter((column) => column.isCarried)
          .flatMap((column) => [
            { name: `${column.name}__own`, isText: column.type === 'text' },
            integer(`${column.name}__at`),
          ]),
      ],
      key: [keyColumn],
      indexes: contract.indexes,
    },
    contested: {
      name: `contested_${contract.name}`,
      columns: [...delivered, text('warnings')],
      key: ['arrival'],
      indexes: [[keyColumn]],
    },
    landing: `landing_${contract.name}`,
    columns,
    content: ['is_waived', ...columns],
    carried,
    keyColumn,
    key: [keyColumn],
    hasStagedKey: hasOwnKey,
  }
}
