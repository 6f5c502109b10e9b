import { quoteName, type Connection } from '../../store/database.ts'
import { foldAssignments, rivalTrigger } from './fold-landing.ts'
import type { StagedTable } from './staged-table.ts'

/**
 * The landing: temporary tables that take the judged records of one source in one run. Rows of the same key are folded while they
 * land, in order of arrival: the more recent one stays, on a tie the later one, unless it is equal in content. Of a key on which
 * different records met all of them are kept beside (`…_rival`).
 */
export interface Landing {
  /** `rows`: JSON array of `[arrival, line, recency, is_waived, (staged key,) ...values]`, all of one file. */
  addRows(file: string, rows: string): void
  /** `records`: JSON array of `[arrival, file, line, byte offset, encoding, raw, cells, identity, company, state, header]`. */
  addRecords(records: string): void
  /** `findings`: JSON array of `[arrival, position, row_id, is_quarantined, field, rule, severity, message, raw_value]`. */
  addFindings(findings: string): void
  /** `news`: JSON array of `[amendment, status, delivered value]`. */
  addNews(news: string): void
  /** How many rows have landed, those that were folded into another included. */
  rowsTaken(): number
}

const findingColumns = 'arrival INTEGER, position, row_id, is_quarantined, field, rule, severity, message, raw_value'
const recordColumns = 'arrival, file, line, byte_offset, encoding, raw, cells, identity, company, state, header'

function jsonFields(count: number, from = 0): string {
  return Array.from({ length: count }, (_, index) => `value ->> ${index + from}`).join(', ')
}

/** The columns of a landed row behind its place: waiver, key, values. */
export function landedColumns(staged: StagedTable): readonly string[] {
  return ['is_waived', ...(staged.hasStagedKey ? ['staged_key'] : []), ...staged.columns]
}

/** Makes the empty landing of a source. */
export function openLanding(connection: Connection, staged: StagedTable, source: string): Landing {
  createLanding(connection, staged)
  connection.exec(`
    DROP TABLE IF EXISTS temp.landing_record;
    CREATE TABLE temp.landing_record (arrival INTEGER PRIMARY KEY, file TEXT, line INTEGER, byte_offset INTEGER, encoding TEXT, raw TEXT, cells TEXT, identity TEXT, company TEXT, state TEXT, header TEXT);
    CREATE INDEX temp.landing_record_identity ON landing_record (identity);
    DROP TABLE IF EXISTS temp.landing_finding;
    CREATE TABLE temp.landing_finding (${findingColumns});
    DROP TABLE IF EXISTS temp.landing_news;
    CREATE TABLE temp.landing_news (amendment_id INTEGER PRIMARY KEY, status TEXT, delivered_value TEXT)`)
  const landed = landedColumns(staged)
  const insertRows = connection.prepare(
    insertIntoLanding(
      staged,
      source,
      `SELECT value ->> 0, ? || ':' || (value ->> 1), value ->> 2, ${jsonFields(landed.length, 3)}${carryValues(staged, (index) => `value ->> ${index + 3}`, 'value ->> 2')}
      FROM jsonb_each(?) WHERE true`,
    ),
  )
  const insertRecords = connection.prepare(
    `INSERT INTO temp.landing_record (${recordColumns}) SELECT ${jsonFields(11)} FROM jsonb_each(?)`,
  )
  const insertFindings = connection.prepare(
    `INSERT INTO temp.landing_finding SELECT ${jsonFields(9)} FROM jsonb_each(?)`,
  )
  const insertNews = connection.prepare(
    `INSERT OR REPLACE INTO temp.landing_news SELECT ${jsonFields(3)} FROM jsonb_each(?)`,
  )
  const unlessEmpty = (json: string, insert: () => unknown) => void (json !== '[]' && insert())
  let taken = 0
  return {
    rowsTaken: () => taken,
    addRows(file, rows) {
      taken += insertRows.run(file, rows).changes
    },
    addRecords: (records) => unlessEmpty(records, () => insertRecords.run(records)),
    addFindings: (findings) => unlessEmpty(findings, () => insertFindings.run(findings)),
    addNews: (news) => unlessEmpty(news, () => insertNews.run(news)),
  }
}

/** Makes the empty table that folds rows by key, and the one that keeps rivals. */
export function createLanding(connection: Connection, staged: StagedTable): void {
  const name = quoteName(staged.landing)
  const rival = quoteName(`${staged.landing}_rival`)
  const columns = landedColumns(staged).map(quoteName).join(', ')
  const carries = staged.carried.map((column) => `, ${quoteName(`${column}__best`)}, ${quoteName(`${column}__at`)}`)
  connection.exec(`
    DROP TABLE IF EXISTS temp.${name};
    CREATE TABLE temp.${name} (id INTEGER PRIMARY KEY, arrival INTEGER, row_id TEXT, recency INTEGER, ${columns}${carries.join('')}, was_tied INTEGER DEFAULT 0, is_contested INTEGER DEFAULT 0, rival TEXT);
    CREATE UNIQUE INDEX temp.${quoteName(`${staged.landing}_key`)} ON ${name} (${quoteName(staged.keyColumn)});
    DROP TABLE IF EXISTS temp.${rival};
    CREATE TABLE temp.${rival} (arrival INTEGER PRIMARY KEY, row_id TEXT, recency INTEGER, ${columns});
    CREATE INDEX temp.${quoteName(`${staged.landing}_rival_key`)} ON ${rival} (${quoteName(staged.keyColumn)})`)
  connection.exec(rivalTrigger(staged, landedColumns(staged)))
}

/** An INSERT into the landing of what `select` gives in order of arrival: arrival, row_id, recency, the landed columns, the carried pairs. */
export function insertIntoLanding(staged: StagedTable, source: string, select: string): string {
  const carries = staged.carried.flatMap((column) => [`${column}__best`, `${column}__at`])
  const columns = ['arrival', 'row_id', 'recency', ...landedColumns(staged), ...carries].map(quoteName).join(', ')
  return `INSERT INTO temp.${quoteName(staged.landing)} (${columns}) ${select}
    ON CONFLICT (${quoteName(staged.keyColumn)}) DO UPDATE SET ${foldAssignments(staged, landedColumns(staged), source)}`
}

/** For each carried column its value and how recent it is, null where the row has none. */
export function carryValues(staged: StagedTable, at: (index: number) => string, recency: string): string {
  const landed = landedColumns(staged)
  return staged.carried
    .map((name) => {
      const value = at(landed.indexOf(name))
      return `, ${value}, CASE WHEN ${value} IS NOT NULL THEN ${recency} END`
    })
    .join('')
}

/** Drops what `openLanding` made. */
export function dropLanding(connection: Connection, staged: StagedTable): void {
  connection.exec(
    `DROP TABLE temp.${quoteName(staged.landing)}; DROP TABLE temp.${quoteName(`${staged.landing}_rival`)};
    DROP TABLE temp.landing_record; DROP TABLE temp.landing_finding; DROP TABLE temp.landing_news`,
  )
}
