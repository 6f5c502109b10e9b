import type { OutputOf } from '#protocol/method'
import { AppError } from '../../../kernel/app-error.ts'
import { formatCell } from '../../../kernel/format-value.ts'
import type { ContractField, SourceContract, StagedColumn } from '../../../pipeline/contract/source-contract.ts'
import type { Workbench } from '../../../pipeline/run/open-workbench.ts'
import type { SqlValue } from '../../../store/database.ts'
import type { modelsMethods, RecordField, RowKey } from '../protocol.ts'
import { publishedState } from '../../../pipeline/run/relation/relation.ts'
import { describeValue } from './describe-value.ts'
import { findRow } from './find-row.ts'
import { knownRecord } from './known-record.ts'
import { mendedCells } from './mended-cells.ts'

type Cells = Readonly<Record<string, string | null>>

/** The record behind a staged row: as delivered, as corrected, as staged, and how the one became the other. */
export function showRecord(
  workbench: Workbench,
  source: string,
  key: RowKey,
  state = publishedState(workbench),
): OutputOf<typeof modelsMethods.record> {
  const contract = workbench.project.contracts.get(source)
  if (contract === undefined)
    throw new AppError('NOT_FOUND', `The project has no source ${source}.`, {
      hint: `It has: ${[...workbench.project.contracts.keys()].join(', ')}.`,
    })
  const row = findRow(workbench.connection, state.relationOf(source), key)
  const arrival = Number(row.get('arrival'))
  const record = knownRecord(workbench, arrival)
  const counted = mendedCells(workbench, contract, record, { appliedIn: workbench.publishedRun() }, state.asOf)
  const wanted = mendedCells(workbench, contract, record, 'in force', state.asOf)
  const { null_words: nullWords } = workbench.project.config
  const { file, line, offset, encoding, raw } = record
  const isHeld =
    workbench.connection.prepare('SELECT 1 FROM assay_quarantine WHERE arrival = ? LIMIT 1').get(arrival) !== undefined
  return {
    source,
    row_id: `${file}:${line}`,
    file,
    line,
    byte_offset: offset,
    encoding,
    arrival,
    run_id: Number(row.get('loaded_run_id')),
    raw,
    cells: { ...record.cells },
    fields: contract.fields.flatMap((field) =>
      columnsOf(contract, field).map((column) =>
        describeField({
          field,
          column,
          row,
          nullWords,
          delivered: record.cells ?? {},
          counted: counted ?? {},
          wanted: wanted ?? {},
        }),
      ),
    ),
    quarantine_id: isHeld ? arrival : null,
  }
}

/** The staged columns that hold what the field delivers. */
function columnsOf(contract: SourceContract, { name, form }: ContractField): readonly StagedColumn[] {
  const names = form.kind === 'pairs' ? Object.values(form.columns) : [name]
  return contract.staged.filter((column) => names.includes(column.name))
}

interface FieldFacts {
  readonly field: ContractField
  readonly column: StagedColumn
  readonly row: ReadonlyMap<string, SqlValue>
  readonly nullWords: readonly string[]
  readonly delivered: Cells
  /** With the corrections that the row was staged with. */
  readonly counted: Cells
  /** With the corrections that people made since, too. */
  readonly wanted: Cells
}

function describeField({ field, column, row, nullWords, delivered, counted, wanted }: FieldFacts): RecordField {
  const cell = (cells: Cells) => (Object.hasOwn(cells, field.name) ? (cells[field.name] ?? null) : undefined)
  const raw = cell(delivered)
  const value = formatCell(column.type, row.get(column.name) ?? null)
  const note = describeValue({ field, column: column.name, counted: cell(counted), value, row, nullWords })
  const isCorrected = cell(counted) !== raw
  const isWaiting = cell(wanted) !== cell(counted)
  return {
    field: field.name,
    column: column.name,
    type: column.type,
    raw_value: raw ?? null,
    corrected_value: cell(wanted) === raw ? null : (cell(wanted) ?? null),
    value,
    note: [isWaiting ? 'a correction waits for the next run' : '', isCorrected ? 'corrected' : '', note]
      .filter((part) => part !== '' && !(part === 'unchanged' && isCorrected))
      .join('; '),
  }
}
