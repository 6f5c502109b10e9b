import type { OutputOf } from '#protocol/method'
import { clusterValues, type ClusterMethod } from '../../pipeline/repair/cluster-values.ts'
import { quoteText } from '../../store/database.ts'
import { quarantineCondition, quarantineRows } from './conditions.ts'
import type { Desk } from './desk.ts'
import type { QuarantineFilter, quarantineMethods } from './protocol.ts'

/** Values of a field among the rows that match that may be variants of one. */
export function findClusters(
  { connection, contracts, publishedRun }: Desk,
  filter: QuarantineFilter,
  field: string,
  method: ClusterMethod,
  radius: number,
): OutputOf<typeof quarantineMethods.clusters> {
  const { sql, values } = quarantineCondition(filter, publishedRun())
  const counted = connection
    .prepare(
      `SELECT trim(r.cells ->> ${quoteText(`$."${field.replaceAll('"', '')}"`)}) AS value, count(*) AS count
      FROM ${quarantineRows} JOIN assay_record AS r ON r.arrival = q.arrival
      WHERE ${sql} AND r.cells IS NOT NULL GROUP BY 1 HAVING value <> '' ORDER BY count DESC`,
    )
    .all(...values) as { value: string; count: number }[]
  const accepted = [...contracts.values()].flatMap(({ fields }) =>
    fields.flatMap(({ name, form }) => (name === field && form.kind === 'accepted' ? form.values : [])),
  )
  const clusters = clusterValues(counted, method, { radius, accepted })
  return { clusters: clusters.map((cluster) => ({ ...cluster, values: [...cluster.values] })) }
}
