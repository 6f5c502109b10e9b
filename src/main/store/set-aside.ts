import { quoteName, quoteText, type Connection } from './database.ts'
import { dropKeyIndex, keyIndexOf, tablesTouchedAfter } from './versioned-table.ts'

// What runs did is set aside in groups, each by the number of its first run. Groups are alternatives: one is brought back where the
// versioned tables are as the run left them that it was built on, in place of what was written there since.

/** The names of the tables with row versions that are set aside, as GLOB matches them. A project's own tables have no such names. */
export const asideTables = 'assay_aside:*'

interface AsideTable {
  readonly table_name: string
  /** The table with its row versions that are set aside. */
  readonly kept_in: string
  /** The SQL of the index of its living keys then; null where there was none. */
  readonly key_index: string | null
}

/** The group that a run is set aside with; null where it is not set aside. */
export function asideGroupOf(connection: Connection, runId: number): number | null {
  return (connection.prepare('SELECT aside_group FROM assay_run WHERE run_id = ?').pluck().get(runId) ?? null) as
    number | null
}

/** Sets aside, as a group, what the runs after `runId` did, before it is taken back; costs what they changed. Inside the caller's transaction. */
export function setAsideRunsAfter(connection: Connection, runId: number): void {
  const group = connection
    .prepare('SELECT min(run_id) FROM assay_run WHERE run_id > ? AND NOT is_undone')
    .pluck()
    .get(runId) as number
  const note = connection.prepare('INSERT INTO assay_aside_table VALUES (?, ?, ?, ?)')
  for (const { table, first } of tablesTouchedAfter(connection, runId)) {
    const name = quoteName(table)
    const keptIn = `assay_aside:${group}:${table}`
    note.run(group, table, keptIn, keyIndexOf(connection, table))
    connection.exec(`
      CREATE TABLE ${quoteName(keptIn)} AS SELECT * FROM ${name} WHERE version >= ${first};
      INSERT INTO assay_aside_closed
      SELECT ${group}, ${quoteText(table)}, version, to_run FROM ${name} WHERE to_run > ${runId} AND version < ${first}`)
  }
  connection.exec(`
    INSERT INTO assay_aside_run_table SELECT * FROM assay_run_table WHERE run_id > ${runId};
    INSERT INTO assay_aside_sighting SELECT * FROM assay_sighting WHERE run_id > ${runId};
    UPDATE assay_run SET aside_group = ${group} WHERE run_id > ${runId} AND NOT is_undone`)
}

/**
 * Brings back a group that is set aside, version by version as it was. The versioned tables must be as they were before its runs. Inside
 * the caller's transaction.
 */
export function bringBackGroup(connection: Connection, group: number): void {
  for (const aside of tablesOf(connection, group)) bringBackTable(connection, group, aside)
  connection.exec(`
    INSERT INTO assay_run_table SELECT * FROM assay_aside_run_table WHERE ${isOf(group)};
    INSERT INTO assay_sighting SELECT * FROM assay_aside_sighting WHERE ${isOf(group)};
    UPDATE assay_run SET is_undone = 0 WHERE ${isOf(group)}`)
  dropGroup(connection, group)
}

function bringBackTable(connection: Connection, group: number, aside: AsideTable): void {
  const { table_name: table, kept_in: keptIn } = aside
  const name = quoteName(table)
  const columns = connection
    .prepare('SELECT name FROM pragma_table_info(?) ORDER BY cid')
    .pluck()
    .all(keptIn) as string[]
  // The versions whose places these take must be closed first: keys are unique among the living ones.
  const closed = `assay_aside_closed AS c WHERE c.aside_group = ${group} AND c.table_name = ${quoteText(table)}`
  // A run in between may have given a model another grain: what comes back need not be unique by that.
  const hasOtherKey = aside.key_index !== null && aside.key_index !== keyIndexOf(connection, table)
  if (hasOtherKey) dropKeyIndex(connection, table)
  const list = columns.map(quoteName).join(', ')
  connection.exec(`
    UPDATE ${name} SET to_run = (SELECT c.to_run FROM ${closed} AND c.version = ${name}.version)
    WHERE version IN (SELECT c.version FROM ${closed});
    INSERT INTO ${name} (${list}) SELECT ${list} FROM ${quoteName(keptIn)}`)
  if (hasOtherKey) connection.exec(aside.key_index)
}

/** Drops a group: from then on its runs are undone for good. Inside the caller's transaction. */
export function dropGroup(connection: Connection, group: number): void {
  for (const { kept_in: keptIn } of tablesOf(connection, group)) connection.exec(`DROP TABLE ${quoteName(keptIn)}`)
  connection.exec(`
    DELETE FROM assay_aside_table WHERE aside_group = ${group};
    DELETE FROM assay_aside_closed WHERE aside_group = ${group};
    DELETE FROM assay_aside_run_table WHERE ${isOf(group)};
    DELETE FROM assay_aside_sighting WHERE ${isOf(group)};
    UPDATE assay_run SET aside_group = NULL WHERE ${isOf(group)}`)
}

/** Drops all groups. Inside the caller's transaction. */
export function dropSetAside(connection: Connection): void {
  const groups = connection
    .prepare('SELECT DISTINCT aside_group FROM assay_run WHERE aside_group IS NOT NULL')
    .pluck()
    .all() as number[]
  for (const group of groups) dropGroup(connection, group)
}

/** The condition that a run, or what is kept of it, is of a group. */
const isOf = (group: number) => `run_id IN (SELECT run_id FROM assay_run WHERE aside_group = ${group})`

function tablesOf(connection: Connection, group: number): readonly AsideTable[] {
  return connection
    .prepare('SELECT table_name, kept_in, key_index FROM assay_aside_table WHERE aside_group = ? ORDER BY 1')
    .all(group) as AsideTable[]
}
