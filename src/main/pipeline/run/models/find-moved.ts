import { quoteName, type SqlValue } from '../../../store/database.ts'
import { isLiving, isSeenBy, type VersionedTable } from '../../../store/versioned-table.ts'
import { conditionsOf } from '../../model/compile-model.ts'
import { earliestSeenFrom, heldStateOf } from '../../model/held-rows.ts'
import { mixedModels } from '../../project/mixed-models.ts'
import { stagedTableOf } from '../../staging/staged-table.ts'
import type { ModelsContext } from './models-context.ts'

/**
 * The pairs of parts between which a row moved since what readers see now: its key is the same, its part another. Looks at what was
 * closed since, so it costs what changed.
 */
export function findMoved(
  { connection, project, publishedRun }: ModelsContext,
  column: string,
): readonly (readonly [SqlValue, SqlValue])[] {
  const mixed = mixedModels(project, column)
  const tables: readonly Pick<VersionedTable, 'name' | 'key' | 'columns'>[] = [
    ...[...project.contracts.values()].map((contract) => stagedTableOf(contract).table),
    ...[...project.models.values()]
      .filter(({ name, materialized }) => materialized === 'table' && !mixed.has(name))
      .map(({ name, grain, columns }) => ({
        name,
        key: grain,
        columns: columns.map((one) => ({ name: one.name, isText: one.type === 'text' })),
      })),
  ]
  const since = earliestSeenFrom(connection, publishedRun)
  const state = { condition: isSeenBy(publishedRun), ...heldStateOf(connection, project, publishedRun) }
  const part = quoteName(column)
  return tables.flatMap(({ name, key, columns }) => {
    const names = columns.map((one) => one.name)
    if (!names.includes(column) || key.includes(column)) return []
    const table = quoteName(name)
    const seen = conditionsOf(state, name, names).map((condition) => `(${condition})`)
    const isSame = key.map((one) => `l.${quoteName(one)} = p.${quoteName(one)}`).join(' AND ')
    return connection
      .prepare(
        `SELECT DISTINCT p.${part}, l.${part}
        FROM (SELECT * FROM ${table} WHERE to_run > ${since} AND (${seen.join(' OR ')})) AS p
        CROSS JOIN ${table} AS l
        WHERE l.${isLiving} AND ${isSame} AND p.${part} IS NOT l.${part}`,
      )
      .raw()
      .all() as [SqlValue, SqlValue][]
  })
}
