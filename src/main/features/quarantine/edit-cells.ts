import { AppError } from '../../kernel/app-error.ts'
import { deliveredValue, wholeRecord } from '../../pipeline/amendment/amendment.ts'
import type { KnownRecord } from '../../pipeline/amendment/judge-known-records.ts'
import type { Judgement } from '../../pipeline/amendment/judge-record.ts'
import { compileTextEdit } from '../../pipeline/repair/edit-text.ts'
import type { Suggestion } from '../../pipeline/repair/suggest/suggestion.ts'
import type { Desk } from './desk.ts'
import type { CellEdit } from './protocol.ts'

/** A changed cell of a record: as delivered, as it counts until now, as it is to count. */
export interface CellChange {
  readonly field: string
  readonly rawValue: string | null
  readonly before: string | null
  readonly after: string
}

/** The changes that an edit makes to a record; empty where it has nothing to change. */
export type EditCells = (record: KnownRecord, judged: Judgement) => readonly CellChange[]

/** Compiles an edit; refuses one that no source can take. `suggest` gives the suggestions for a record. */
export function compileCellEdit(
  desk: Desk,
  edit: CellEdit,
  suggest: (record: KnownRecord, judged: Judgement) => readonly Suggestion[],
): EditCells {
  const fieldNames = new Set([...desk.contracts.values()].flatMap(({ fields }) => fields.map(({ name }) => name)))
  const check = (field: string) => {
    if (field === wholeRecord || fieldNames.has(field)) return
    throw new AppError('USAGE', `No source has a column ${field}.`, {
      place: { field },
      saved: 'Nothing was changed.',
      hint: `Name one of ${[...fieldNames].join(', ')}.`,
    })
  }
  switch (edit.kind) {
    case 'cells': {
      const cells = Object.entries(edit.cells)
      for (const [field] of cells) check(field)
      return (record, judged) => cells.flatMap(([field, text]) => changeCell(desk, record, judged, field, () => text))
    }
    case 'set':
    case 'replace': {
      check(edit.field)
      const apply = compileTextEdit(edit)
      return (record, judged) => changeCell(desk, record, judged, edit.field, apply)
    }
    case 'merge': {
      check(edit.field)
      const from = new Set(edit.from.map(deliveredValue))
      return (record, judged) =>
        from.has(deliveredValue(judged.cells?.[edit.field]))
          ? changeCell(desk, record, judged, edit.field, () => edit.to)
          : []
    }
    case 'suggestions':
      return (record, judged) => {
        const best = new Map<string, Suggestion>()
        for (const suggestion of suggest(record, judged)) {
          const isWanted = edit.field === undefined || edit.field === suggestion.field
          if (isWanted && suggestion.confidence >= edit.min_confidence && !best.has(suggestion.field))
            best.set(suggestion.field, suggestion)
        }
        return [...best.values()].flatMap((suggestion) =>
          changeCell(desk, record, judged, suggestion.field, () => suggestion.new_value),
        )
      }
  }
}

/** The change that a function of its text makes of a cell, or of the whole record; empty where it makes none. */
export function changeCell(
  desk: Desk,
  record: KnownRecord,
  judged: Judgement,
  field: string,
  apply: (text: string) => string,
): readonly CellChange[] {
  if (field === wholeRecord) {
    const after = apply(record.raw)
    return after === record.raw ? [] : [{ field, rawValue: record.raw, before: record.raw, after }]
  }
  const { written, cells } = judged
  const isColumn = desk.contractOf(record.source).fields.some(({ name }) => name === field)
  if (written === null || cells === null || !isColumn) return []
  const before = deliveredValue(cells[field])
  const after = apply(cells[field] ?? '').trim()
  return after === (before ?? '') ? [] : [{ field, rawValue: deliveredValue(written[field]), before, after }]
}
