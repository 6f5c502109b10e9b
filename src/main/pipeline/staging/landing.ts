import { quoteName, type Connection } from '../../store/database.ts'
import type { StagedTable } from './staged-table.ts'

/**
 * The landing: temporary tables that take the judged records of one source in one run. Rows of the same key are folded while they
 * land, in order of arrival: the more recent one stays, on a tie the later one, unless it is equal in content.
 */
export interface Landing {
  /** `rows`: JSON array of `[arrival, line, recency, (staged key,) ...values]`, all of one file. */
  addRows(file: string, rows: string): void
  /** `rows`: JSON array of `[arrival, file, line, byte offset, encoding, raw, cells]`. */
  addQuarantined(rows: string): void
  /** `findings`: JSON array of `[arrival, position, row_id, is_quarantined, field, rule, severity, message, raw_value]`. */
  addFindings(findings: string): void
  /** How many rows have landed, those that were folded into another included. */
  rowsTaken(): number
}

const findingColumns = 'arrival, position, row_id, is_quarantined, field, rule, severity, message, raw_value'

function jsonFields(count: number, from = 0): string {
  return Array.from({ length: count }, (_, index) => `value ->> ${index + from}`).join(', ')
}

/** Makes the empty landing of a source. */
export function openLanding(connection: Connection, staged: StagedTable): Landing {
  const landing = `temp.${quoteName(staged.landing)}`
  const keyed = staged.hasStagedKey ? ['staged_key'] : []
  const columns = [...keyed, ...staged.columns].map(quoteName)
  const carries = staged.carried.flatMap((name) => [quoteName(`${name}__best`), quoteName(`${name}__at`)])
  connection.exec(`
    DROP TABLE IF EXISTS ${landing};
    CREATE TABLE ${landing} (id INTEGER PRIMARY KEY, arrival INTEGER, row_id TEXT, recency INTEGER, was_tied INTEGER, ${[...columns, ...carries].join(', ')});
    CREATE UNIQUE INDEX temp.${quoteName(`${staged.landing}_key`)} ON ${quoteName(staged.landing)} (${staged.key.map(quoteName).join(', ')});
    DROP TABLE IF EXISTS temp.landing_quarantine;
    CREATE TABLE temp.landing_quarantine (arrival INTEGER PRIMARY KEY, file TEXT, line INTEGER, byte_offset INTEGER, encoding TEXT, raw TEXT, cells TEXT);
    DROP TABLE IF EXISTS temp.landing_finding;
    CREATE TABLE temp.landing_finding (${findingColumns});`)

  const insertRows = connection.prepare(`
    INSERT INTO ${landing} (arrival, row_id, recency, was_tied, ${[...columns, ...carries].join(', ')})
    SELECT value ->> 0, ? || ':' || (value ->> 1), value ->> 2, 0, ${jsonFields(columns.length, 3)}${carryValues(staged, keyed.length)}
    FROM jsonb_each(?) WHERE true
    ON CONFLICT (${staged.key.map(quoteName).join(', ')}) DO UPDATE SET ${foldAssignments(staged)}`)
  const insertQuarantined = connection.prepare(
    `INSERT INTO temp.landing_quarantine SELECT ${jsonFields(7)} FROM jsonb_each(?)`,
  )
  const insertFindings = connection.prepare(
    `INSERT INTO temp.landing_finding SELECT ${jsonFields(9)} FROM jsonb_each(?)`,
  )
  let taken = 0
  return {
    rowsTaken: () => taken,
    addRows(file, rows) {
      taken += insertRows.run(file, rows).changes
    },
    addQuarantined: (rows) => void insertQuarantined.run(rows),
    addFindings: (findings) => void insertFindings.run(findings),
  }
}

/** Drops what `openLanding` made. */
export function dropLanding(connection: Connection, staged: StagedTable): void {
  connection.exec(
    `DROP TABLE temp.${quoteName(staged.landing)}; DROP TABLE temp.landing_quarantine; DROP TABLE temp.landing_finding`,
  )
}

function carryValues(staged: StagedTable, keyed: number): string {
  return staged.carried
    .map((name) => {
      const value = `value ->> ${3 + keyed + staged.columns.indexOf(name)}`
      return `, ${value}, CASE WHEN ${value} IS NOT NULL THEN value ->> 2 END`
    })
    .join('')
}

/** Assignments of the fold, for the landed row against `excluded`, the one that arrives. */
function foldAssignments(staged: StagedTable): string {
  const columns = staged.columns.map(quoteName)
  const differs = `(${columns.join(', ')}) IS NOT (${columns.map((name) => `excluded.${name}`).join(', ')})`
  const wins = `(excluded.recency > recency OR (excluded.recency = recency AND ${differs}))`
  const taken = ['arrival', 'row_id', 'recency', ...columns].map(
    (name) => `${name} = CASE WHEN ${wins} THEN excluded.${name} ELSE ${name} END`,
  )
  const tied = `was_tied = CASE WHEN excluded.recency > recency THEN 0 WHEN ${wins} THEN 1 ELSE was_tied END`
  const carried = staged.carried.flatMap((column) => {
    const best = quoteName(`${column}__best`)
    const at = quoteName(`${column}__at`)
    const better = `excluded.${at} IS NOT NULL AND (${at} IS NULL OR excluded.${at} >= ${at})`
    return [best, at].map((name) => `${name} = CASE WHEN ${better} THEN excluded.${name} ELSE ${name} END`)
  })
  return [...taken, tied, ...carried].join(', ')
}
