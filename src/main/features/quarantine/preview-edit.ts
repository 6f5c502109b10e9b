import { setImmediate } from 'node:timers/promises'
import { deliveredValue } from '../../pipeline/amendment/amendment.ts'
import { readKnownPages, type KnownRecord } from '../../pipeline/amendment/judge-known-records.ts'
import { compileRecordJudge, type JudgeRecord, type Judgement } from '../../pipeline/amendment/judge-record.ts'
import type { Amendment } from '../../pipeline/amendment/amendment.ts'
import type { OutputOf } from '#protocol/method'
import type { Desk } from './desk.ts'
import type { CellChange, EditCells } from './edit-cells.ts'
import { findTarget } from './find-target.ts'
import type { quarantineMethods, RowTarget } from './protocol.ts'

const sampleSize = 50

/** What an edit would do to rows; changes nothing. Other requests are answered while many rows are looked at. */
export async function previewEdit(
  desk: Desk,
  target: RowTarget,
  editCells: EditCells,
): Promise<OutputOf<typeof quarantineMethods.preview>> {
  const arrivals = findTarget(desk, target)
  const judge = desk.judges('in force')
  const rejudge = createRejudge(desk)
  const sample: OutputOf<typeof quarantineMethods.preview>['sample'] = []
  let changed = 0
  let becomeValid = 0
  let stillWrong = 0
  const take = (record: KnownRecord) => {
    const judged = judge(record)
    const changes = judged.state === 'discarded' ? [] : editCells(record, judged)
    if (changes.length === 0) return
    changed += 1
    const isValid = rejudge(record, judged, changes).verdict.isValid
    if (!isValid) stillWrong += 1
    else if (judged.state === 'open') becomeValid += 1
    for (const { field, before, after } of changes)
      if (sample.length < sampleSize)
        sample.push({
          id: record.arrival,
          row_id: `${record.file}:${record.line}`,
          field,
          before,
          after,
          is_valid: isValid,
        })
  }
  for (const page of readKnownPages(desk.connection, arrivals, desk.publishedRun())) {
    for (const record of page) take(record)
    await setImmediate()
  }
  return { rows: arrivals.length, changed, become_valid: becomeValid, still_wrong: stillWrong, sample }
}

/** Judges a record as if changes were made to it, on top of the corrections in force. */
export function createRejudge(
  desk: Desk,
): (record: KnownRecord, judged: Judgement, changes: readonly CellChange[]) => Judgement {
  // One judge a source: to compile one for each record costs far more than to judge it.
  const judges = new Map<string, { readonly own: Map<string, readonly Amendment[]>; readonly judge: JudgeRecord }>()
  const judgeOf = (source: string) => {
    const known = judges.get(source)
    if (known !== undefined) return known
    const own = new Map<string, readonly Amendment[]>()
    const made = { own, judge: compileRecordJudge(desk.contractOf(source), desk.contextOf(source), own) }
    judges.set(source, made)
    return made
  }
  return (record, judged, changes) => {
    const corrections = changes.map(({ field, rawValue, after }, index): Amendment => ({
      id: -1 - index,
      kind: 'correct',
      field,
      rule: '',
      rawValue,
      newValue: field === 'row' ? after : deliveredValue(after),
      wasWrong: true,
    }))
    // What is corrected already counts as delivered here, and so do waivers of what stays as it is.
    const kept = Object.keys(judged.cells ?? {}).flatMap((field): Amendment[] => {
      const now = deliveredValue(judged.cells?.[field])
      const raw = deliveredValue(judged.written?.[field])
      if (now === raw || changes.some((change) => change.field === field)) return []
      return [{ id: -1000, kind: 'correct', field, rule: '', rawValue: raw, newValue: now, wasWrong: true }]
    })
    const { own, judge } = judgeOf(record.source)
    own.clear()
    own.set(judged.identity, [...kept, ...corrections])
    return judge(record, record.parseFinding)
  }
}
