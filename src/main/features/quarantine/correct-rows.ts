import { deliveredValue } from '../../pipeline/amendment/amendment.ts'
import type { KnownRecord } from '../../pipeline/amendment/judge-known-records.ts'
import type { Judgement } from '../../pipeline/amendment/judge-record.ts'
import { decide, type Decided, type Decision } from './decide.ts'
import type { Desk } from './desk.ts'
import type { EditCells } from './edit-cells.ts'
import type { CellEdit, RowTarget } from './protocol.ts'

/** Keeps what an edit makes of rows as corrections, each keyed to its record, field and the value it was made for. */
export function correctRows(
  desk: Desk,
  target: RowTarget,
  edit: CellEdit,
  editCells: EditCells,
  reason: string,
): Promise<Decided> {
  return decide(desk, target, { kind: 'correct', what: describeEdit(edit), reason }, correcting(desk, editCells))
}

/** Decides about a row what an edit makes of it. */
export function correcting(desk: Desk, editCells: EditCells): (record: KnownRecord, judged: Judgement) => Decision {
  const asDelivered = desk.judges('none')
  return (record, judged) => {
    if (judged.state === 'discarded') return { leftAlone: 'It was discarded: undo that first.' }
    const changes = editCells(record, judged)
    if (changes.length === 0) return { leftAlone: 'The edit changes nothing in it.' }
    const errors = asDelivered(record).verdict.findings.filter(({ severity }) => severity === 'error')
    return {
      amendments: changes.map(({ field, rawValue, after }) => ({
        field,
        rawValue,
        newValue: field === 'row' ? after : deliveredValue(after),
        wasWrong: errors.some((error) => error.field === field),
      })),
    }
  }
}

/** What an edit does, in a sentence for the history. */
function describeEdit(edit: CellEdit): string {
  switch (edit.kind) {
    case 'cells':
      return `Corrected ${Object.keys(edit.cells).join(', ')}`
    case 'set':
      return `Set ${edit.field} to "${edit.value}"`
    case 'replace':
      return `Replaced ${edit.is_regex ? `/${edit.find}/` : `"${edit.find}"`} by "${edit.with}" in ${edit.field}`
    case 'suggestions':
      return `Accepted suggestions of ${Math.round(edit.min_confidence * 100)}% and more${edit.field === undefined ? '' : ` for ${edit.field}`}`
    case 'merge':
      return `Merged ${edit.from.length} variants of ${edit.field} into "${edit.to}"`
  }
}
