import { quoteName, type Connection } from '../../store/database.ts'
import { noRecency } from '../contract/recency.ts'
import { keepContested } from './keep-contested.ts'
import type { StagedTable } from './staged-table.ts'

/** What became of the landed rows, and the greatest recency among those that were staged (null where none has one). */
export interface MergeCounts {
  readonly landed: number
  readonly inserted: number
  readonly updated: number
  readonly unchanged: number
  readonly superseded: number
  readonly newest: number | null
}

/** Merges the landing into the staged rows by key, as row versions of the run. Runs inside the caller's transaction. */
export function mergeLanding(connection: Connection, staged: StagedTable, source: string, runId: number): MergeCounts {
  const landing = `temp.${quoteName(staged.landing)}`
  const target = quoteName(staged.table.name)
  const count = (sql: string) => Number(connection.prepare(sql).pluck().get())
  const landed = count(`SELECT count(*) FROM ${landing}`)
  const isFirstLoad = count(`SELECT EXISTS (SELECT 1 FROM ${target} WHERE to_run IS NULL)`) === 0
  if (isFirstLoad) {
    keepContested(connection, staged, source, runId, false)
    connection.exec(insertFromLanding(staged, runId, `${landing} AS l`, false))
    return { landed, inserted: landed, updated: 0, unchanged: 0, superseded: 0, newest: newestOf(connection, landing) }
  }
  connection.exec(`
    DROP TABLE IF EXISTS temp.merge;
    CREATE TABLE temp.merge (id INTEGER PRIMARY KEY, version INTEGER, outcome TEXT, is_carried INTEGER);
    INSERT INTO temp.merge SELECT * FROM (${compare(staged)}) WHERE outcome <> 'unchanged' OR is_carried`)
  keepContested(connection, staged, source, runId, true)
  const outcomes = new Map(
    (
      connection.prepare('SELECT outcome, count(*) AS rows FROM temp.merge GROUP BY outcome').all() as {
        outcome: string
        rows: number
      }[]
    ).map(({ outcome, rows }) => [outcome, rows]),
  )
  connection.exec(`
    UPDATE ${target} SET to_run = ${runId}
    WHERE version IN (SELECT version FROM temp.merge WHERE outcome IN ('updated', 'moved') OR is_carried)`)
  const entering = "m.outcome IN ('inserted', 'updated', 'moved')"
  connection.exec(
    insertFromLanding(
      staged,
      runId,
      `temp.merge AS m JOIN ${landing} AS l ON l.id = m.id LEFT JOIN ${target} AS s ON s.version = m.version WHERE ${entering}`,
      true,
    ),
  )
  if (staged.carried.length > 0) connection.exec(insertCarried(staged, runId))
  const newest = newestOf(
    connection,
    `temp.merge AS m JOIN ${landing} AS l ON l.id = m.id WHERE m.outcome IN ('inserted', 'updated')`,
  )
  connection.exec('DROP TABLE temp.merge')
  const inserted = outcomes.get('inserted') ?? 0
  const updated = outcomes.get('updated') ?? 0
  const superseded = outcomes.get('superseded') ?? 0
  return { landed, inserted, updated, unchanged: landed - inserted - updated - superseded, superseded, newest }
}

/** The greatest recency of some rows; null where none has one. */
export function newestOf(connection: Connection, from: string): number | null {
  const newest = connection.prepare(`SELECT max(recency) FROM ${from}`).pluck().get() as number | null
  return newest === null || newest === noRecency ? null : newest
}

/**
 * Compares each landed row `l` with the living row `s` of its key. `moved`: equal content, but in between another version was seen
 * on the same instant, so that the row's place is the new one; it is booked as unchanged.
 */
function compare(staged: StagedTable): string {
  const own = (name: string) => quoteName(staged.carried.includes(name) ? `${name}__own` : name)
  const isSame = `(${staged.content.map((name) => `l.${quoteName(name)}`).join(', ')}) IS (${staged.content.map((name) => `s.${own(name)}`).join(', ')})`
  const isCarried = staged.carried.map((name) => carryIsBetter(name)).join(' OR ') || '0'
  return `
    SELECT l.id, s.version,
      CASE WHEN s.version IS NULL THEN 'inserted'
        WHEN ${isSame} THEN CASE WHEN l.was_tied AND l.row_id <> s.row_id THEN 'moved' ELSE 'unchanged' END
        WHEN l.recency > s.recency OR (l.recency = s.recency AND l.arrival > s.arrival) THEN 'updated'
        ELSE 'superseded' END AS outcome,
      CASE WHEN s.version IS NULL THEN 0 ELSE ${isCarried} END AS is_carried
    FROM temp.${quoteName(staged.landing)} AS l
    LEFT JOIN ${quoteName(staged.table.name)} AS s ON s.to_run IS NULL AND s.${quoteName(staged.keyColumn)} = l.${quoteName(staged.keyColumn)}`
}

/** Whether the landing holds a more recent value to carry than the living row, and another one. */
function carryIsBetter(name: string): string {
  const landedAt = `l.${quoteName(`${name}__at`)}`
  const stagedAt = `s.${quoteName(`${name}__at`)}`
  const isLater = `(${stagedAt} IS NULL OR ${landedAt} > ${stagedAt} OR (${landedAt} = ${stagedAt} AND l.arrival > s.arrival))`
  const isOther = `(l.${quoteName(`${name}__best`)} IS NOT s.${quoteName(name)} OR ${landedAt} IS NOT ${stagedAt})`
  return `(${landedAt} IS NOT NULL AND ${isLater} AND ${isOther})`
}

/** An INSERT of landed rows `l` as staged ones; `hasOld` where `s` is the row that each replaces, from which it takes carried values. */
export function insertFromLanding(staged: StagedTable, runId: number, from: string, hasOld: boolean): string {
  const keyed = staged.hasStagedKey ? ['staged_key'] : []
  const plain = staged.columns.filter((name) => !staged.carried.includes(name))
  const names = ['row_id', 'arrival', 'recency', 'is_waived', ...keyed, ...plain].map(quoteName)
  const carried = staged.carried.flatMap((name) => {
    const at = `${name}__at`
    const takesLanded = hasOld ? `s.version IS NULL OR ${carryIsBetter(name)}` : '1'
    const old = (column: string) => (hasOld ? `s.${quoteName(column)}` : 'NULL')
    return [
      { column: name, value: `CASE WHEN ${takesLanded} THEN l.${quoteName(`${name}__best`)} ELSE ${old(name)} END` },
      { column: at, value: `CASE WHEN ${takesLanded} THEN l.${quoteName(at)} ELSE ${old(at)} END` },
      { column: `${name}__own`, value: `l.${quoteName(name)}` },
    ]
  })
  return `
    INSERT INTO ${quoteName(staged.table.name)} (from_run, ${[...names, ...carried.map(({ column }) => quoteName(column))].join(', ')})
    SELECT ${[String(runId), ...names.map((name) => `l.${name}`), ...carried.map(({ value }) => value)].join(', ')}
    FROM ${from} ORDER BY l.id`
}

/** New versions of rows that stay as they are but for a carried value that a less recent row brought. */
function insertCarried(staged: StagedTable, runId: number): string {
  const carried = new Set(staged.carried.flatMap((name) => [name, `${name}__at`]))
  const names = staged.table.columns.map((column) => column.name).filter((name) => !carried.has(name))
  const values = staged.carried.flatMap((name) =>
    [
      [name, `${name}__best`],
      [`${name}__at`, `${name}__at`],
    ].map(([column = '', landed = '']) => ({
      column: quoteName(column),
      value: `CASE WHEN ${carryIsBetter(name)} THEN l.${quoteName(landed)} ELSE s.${quoteName(column)} END`,
    })),
  )
  return `
    INSERT INTO ${quoteName(staged.table.name)} (from_run, ${[...names.map(quoteName), ...values.map(({ column }) => column)].join(', ')})
    SELECT ${[String(runId), ...names.map((name) => `s.${quoteName(name)}`), ...values.map(({ value }) => value)].join(', ')}
    FROM temp.merge AS m JOIN temp.${quoteName(staged.landing)} AS l ON l.id = m.id
    JOIN ${quoteName(staged.table.name)} AS s ON s.version = m.version
    WHERE m.is_carried AND m.outcome IN ('unchanged', 'superseded')
    ORDER BY l.id`
}
