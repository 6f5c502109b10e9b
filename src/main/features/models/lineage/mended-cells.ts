import { wholeRecord, type Amendment } from '../../../pipeline/amendment/amendment.ts'
import { mendCells } from '../../../pipeline/amendment/judge-record.ts'
import { loadAmendments, type AmendmentState } from '../../../pipeline/amendment/load-amendments.ts'
import { readMendedRecord } from '../../../pipeline/amendment/read-mended-record.ts'
import { compileIdentity, placeIdentity } from '../../../pipeline/amendment/record-identity.ts'
import type { DeliveredRecord } from '../../../pipeline/archive/fetch-records.ts'
import type { SourceContract } from '../../../pipeline/contract/source-contract.ts'
import type { Workbench } from '../../../pipeline/run/open-workbench.ts'

type Cells = Readonly<Record<string, string | null>>

/** The cells of a record with its corrections, those that people made and did not undo, or those that the published state was made with. */
export function mendedCells(
  workbench: Workbench,
  contract: SourceContract,
  record: DeliveredRecord,
  state: AmendmentState,
  asOf: number,
): Cells | null {
  const identify = compileIdentity(contract, workbench.project.config.null_words)
  const inOrder = record.cells === null ? null : contract.fields.map((field) => record.cells?.[field.name] ?? null)
  const identity = (inOrder === null ? null : identify(inOrder)) ?? placeIdentity(record.file, record.line)
  const amendments =
    loadAmendments(workbench.connection, state, asOf, { source: contract.name, identity })
      .get(contract.name)
      ?.get(identity) ?? []
  const written = writtenAnew(record, amendments)
  return written === null ? null : mendCells(written, amendments).cells
}

/** The record as a person wrote it anew, else as it was delivered. */
function writtenAnew(record: DeliveredRecord, amendments: readonly Amendment[]): Cells | null {
  const whole = amendments.find(
    ({ kind, field, rawValue }) => kind === 'correct' && field === wholeRecord && rawValue === record.raw,
  )
  return whole === undefined ? record.cells : readMendedRecord(whole.newValue ?? '', record.header)
}
