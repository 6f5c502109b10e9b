import type { ColumnType } from '../../../kernel/column-type.ts'

/** Where a relation stands on the way from feeds to exports. */
export const layers = ['source', 'staging', 'intermediate', 'fact', 'mart', 'export'] as const
export type Layer = (typeof layers)[number]

/** A column as a person sees it. */
export interface RelationColumn {
  readonly name: string
  readonly type: ColumnType
  readonly description: string
  readonly is_key: boolean
}

/** What names a row: its key columns, with values as a person reads them. */
export type RowKey = Record<string, string | null>

/** A value as a person reads it; integers and booleans as they are. */
export type CellValue = string | number | boolean | null
