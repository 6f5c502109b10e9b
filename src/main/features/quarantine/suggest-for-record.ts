import type { KnownRecord } from '../../pipeline/amendment/judge-known-records.ts'
import type { Judgement } from '../../pipeline/amendment/judge-record.ts'
import type { KnownValues } from '../../pipeline/repair/suggest/known-values.ts'
import { compileSuggestions } from '../../pipeline/repair/suggest/suggest-repairs.ts'
import type { BrokenRecord, Suggestion } from '../../pipeline/repair/suggest/suggestion.ts'
import type { Desk } from './desk.ts'

/** Suggests values for the cells of a record that still break a rule with the corrections that it has. */
export function createSuggester(
  desk: Desk,
  known: () => KnownValues,
): (record: KnownRecord, judged: Judgement) => readonly Suggestion[] {
  const compiled = new Map<string, { run: number; suggest: (record: BrokenRecord) => readonly Suggestion[] }>()
  return (record, { verdict, cells, state }) => {
    if (state !== 'open') return []
    const run = desk.publishedRun()
    let own = compiled.get(record.source)
    if (own?.run !== run) {
      const { asOf, nullWords } = desk.contextOf(record.source)
      const contract = desk.contractOf(record.source)
      own = { run, suggest: compileSuggestions({ contract, known: known(), asOf, nullWords }) }
      compiled.set(record.source, own)
    }
    const { raw, header } = record
    return own.suggest({ cells: cells ?? {}, findings: verdict.findings, raw, header })
  }
}
