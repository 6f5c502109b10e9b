import type { InputOf } from '#protocol/method'
import type { ColumnType, modelsMethods } from '#features/models'
import { isNumeric } from '../../lib/cell-text.ts'

export type RowFilter = NonNullable<InputOf<typeof modelsMethods.rows>['filters']>[number]
export type FilterOperator = RowFilter['operator']

export const operatorWords = {
  contains: 'contains',
  equals: 'is',
  not_equals: 'is not',
  starts_with: 'starts with',
  at_least: 'is at least',
  at_most: 'is at most',
  is_null: 'is empty',
  is_not_null: 'is not empty',
} as const satisfies Record<FilterOperator, string>

/** The comparisons that make sense for a type, the likeliest first. */
export function operatorsFor(type: ColumnType): readonly FilterOperator[] {
  if (type === 'boolean') return ['equals', 'is_null', 'is_not_null']
  if (isNumeric(type) || type === 'date' || type === 'timestamp') {
    return ['at_least', 'at_most', 'equals', 'not_equals', 'is_null', 'is_not_null']
  }
  return ['contains', 'equals', 'not_equals', 'starts_with', 'is_null', 'is_not_null']
}

/** Whether a comparison needs something to compare with. */
export function needsValue(operator: FilterOperator): boolean {
  return operator !== 'is_null' && operator !== 'is_not_null'
}

/** The filters that the address holds, each as `column:operator:value`. */
export function filtersFromAddress(query: URLSearchParams): RowFilter[] {
  return query.getAll('where').flatMap((text) => {
    const [column = '', operator = '', ...value] = text.split(':')
    return isOperator(operator) ? [{ column, operator, value: value.join(':') }] : []
  })
}

/** Filters as the address keeps them. */
export function filtersToAddress(filters: readonly RowFilter[]): string[] {
  return filters.map(({ column, operator, value }) => `${column}:${operator}:${value ?? ''}`)
}

function isOperator(text: string): text is FilterOperator {
  return Object.hasOwn(operatorWords, text)
}
