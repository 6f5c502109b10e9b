import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import type { ModelColumn } from '#features/models'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/chip.tsx'
import { needsValue, operatorsFor, operatorWords, type FilterOperator, type RowFilter } from './row-filters.ts'

interface RowFilterBarProps {
  readonly columns: readonly ModelColumn[]
  readonly filters: readonly RowFilter[]
  onChange(filters: readonly RowFilter[]): void
}

/** The filters on a model's rows, and the form that adds one. */
export function RowFilterBar({ columns, filters, onChange }: RowFilterBarProps) {
  const [name, setName] = useState(columns[0]?.name ?? '')
  const column = columns.find((one) => one.name === name) ?? columns[0]
  const [wanted, setWanted] = useState<FilterOperator>('contains')
  const [value, setValue] = useState('')
  if (column === undefined) return null
  const operators = operatorsFor(column.type)
  const operator = operators.find((one) => one === wanted) ?? operators[0] ?? 'equals'
  const hasValue = needsValue(operator)
  const add = () => {
    onChange([...filters, { column: column.name, operator, value: hasValue ? value.trim() : '' }])
    setValue('')
  }
  return (
    <form
      className="toolbar row-filters"
      aria-label="Filter the rows"
      onSubmit={(event) => {
        event.preventDefault()
        if (!hasValue || value.trim() !== '') add()
      }}
    >
      <select aria-label="Column" value={column.name} onChange={(event) => setName(event.target.value)}>
        {columns.map((one) => (
          <option key={one.name}>{one.name}</option>
        ))}
      </select>
      <select
        aria-label="Comparison"
        value={operator}
        onChange={(event) => setWanted(operators.find((one) => one === event.target.value) ?? 'equals')}
      >
        {operators.map((one) => (
          <option key={one} value={one}>
            {operatorWords[one]}
          </option>
        ))}
      </select>
      {hasValue && (
        <input
          aria-label="Value"
          value={value}
          spellCheck={false}
          placeholder={placeholders[column.type]}
          onChange={(event) => setValue(event.target.value)}
        />
      )}
      <Button isSubmit icon={<Plus aria-hidden="true" />} disabled={hasValue && value.trim() === ''}>
        Add filter
      </Button>
      {filters.map((filter, index) => (
        <Chip key={JSON.stringify(filter)} tone="info">
          {filterWords(filter)}
          <button
            type="button"
            aria-label={`Remove the filter ${filterWords(filter)}`}
            onClick={() => onChange(filters.filter((_one, at) => at !== index))}
          >
            <X aria-hidden="true" />
          </button>
        </Chip>
      ))}
    </form>
  )
}

const placeholders = {
  text: 'value',
  integer: 'number',
  boolean: 'true or false',
  date: 'YYYY-MM-DD',
  timestamp: 'YYYY-MM-DD',
  money: '0.00',
  percent: '0.00',
} as const satisfies Record<ModelColumn['type'], string>

function filterWords({ column, operator, value }: RowFilter): string {
  return `${column} ${operatorWords[operator]}${needsValue(operator) ? ` ${value ?? ''}` : ''}`
}
