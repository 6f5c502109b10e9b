import type { OutputOf } from '#protocol/method'
import { formatCell, formatters } from '../../kernel/format-value.ts'
import { AppError } from '../../kernel/app-error.ts'
import { readKnownRecords, type KnownRecord } from '../../pipeline/amendment/judge-known-records.ts'
import type { Judgement } from '../../pipeline/amendment/judge-record.ts'
import type { Suggestion } from '../../pipeline/repair/suggest/suggestion.ts'
import type { Desk } from './desk.ts'
import { heldColumns, prepareRow, type HeldRow } from './list-rows.ts'
import type { quarantineMethods } from './protocol.ts'
import { readHistory } from './read-history.ts'

type Shown = OutputOf<typeof quarantineMethods.show>

/** One record that was ever held back, in full. */
export function showRow(
  desk: Desk,
  id: number,
  suggest: (record: KnownRecord, judged: Judgement) => readonly Suggestion[],
): Shown {
  const { connection } = desk
  const run = desk.publishedRun()
  const row = connection
    .prepare(
      `SELECT ${heldColumns(run)}, r.raw, r.byte_offset, r.encoding FROM assay_quarantine AS q JOIN assay_record AS r ON r.arrival = q.arrival
      LEFT JOIN assay_waiting AS w ON w.arrival = q.arrival WHERE q.arrival = ? AND q.from_run <= ? ORDER BY q.version DESC LIMIT 1`,
    )
    .get(id, run) as (HeldRow & { raw: string; byte_offset: number; encoding: string }) | undefined
  if (row === undefined) throw notFound(id)
  const { source, identity, raw, byte_offset, encoding } = row
  const record = readRecord(desk, id)
  const judged = desk.judges('in force', { source, identity })(record)
  return {
    ...prepareRow(connection, run)(row),
    raw,
    byte_offset,
    encoding,
    now: judgedForPerson(desk, record, judged),
    waivers: readWaivers(desk, source, identity),
    suggestions: suggest(record, judged).map((suggestion) => ({ ...suggestion })),
    history: readHistory(connection, id, source, identity, run),
  }
}

function notFound(id: number): AppError {
  return new AppError('NOT_FOUND', `There is no quarantined row ${id}.`, {
    hint: 'The rows that there are: assay quarantine list.',
  })
}

/** A record as the workspace keeps it, in its tables or in the archive of feeds. */
export function readRecord({ connection, fetchRecords, publishedRun }: Desk, id: number): KnownRecord {
  for (const record of readKnownRecords(connection, [id], publishedRun())) return record
  for (const record of fetchRecords([id])) return record
  throw notFound(id)
}

/** What the contract says of a record, for a person. */
export function judgedForPerson(desk: Desk, { source }: KnownRecord, { verdict }: Judgement): Shown['now'] {
  const { staged } = desk.contractOf(source)
  return {
    is_valid: verdict.isValid,
    reasons: verdict.findings.map(({ field, rule, severity, message, rawValue }) => ({
      field,
      rule,
      severity,
      message,
      raw_value: rawValue,
    })),
    typed: verdict.isValid
      ? staged.map(({ name, type }, index) => ({
          column: name,
          type,
          value: formatCell(type, verdict.values[index] ?? null),
        }))
      : [],
  }
}

function readWaivers({ connection }: Desk, source: string, identity: string): Shown['waivers'] {
  const rows = connection
    .prepare(
      `SELECT a.operation_id, group_concat(a.field || ': ' || a.rule, '|') AS rules, o.made_by AS who, max(a.expires_on) AS expires_on
      FROM assay_amendment AS a JOIN assay_operation AS o USING (operation_id)
      WHERE a.source = ? AND a.identity = ? AND a.kind = 'waive' AND o.undone_by IS NULL GROUP BY a.operation_id`,
    )
    .all(source, identity) as { operation_id: number; rules: string; who: string; expires_on: number | null }[]
  return rows.map(({ rules, expires_on, ...rest }) => ({
    ...rest,
    rules: rules.split('|'),
    expires_on: expires_on === null ? null : formatters.date(expires_on),
  }))
}
