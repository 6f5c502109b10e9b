import { quoteName, type Connection } from '../../store/database.ts'
import { createRelationMeter, type MeasuredRelation, type MeteredColumn } from './measure-relation.ts'
import { readMeasured } from './metric-records.ts'

/** What came to a relation and what went since it was measured. Plain data, which a thread can be given. */
export interface ChangedRows {
  /** The name that it was measured by. */
  readonly name: string
  /** All rows, those that came and those that went, each to put behind FROM. */
  readonly relation: string
  readonly added: string
  readonly closed: string
  readonly columns: readonly MeteredColumn[]
  readonly company: string | null
}

/** Brings the metrics of a relation forward by the rows that changed. */
export function measureChange(connection: Connection, changed: ChangedRows): MeasuredRelation {
  const { name, relation, added, closed, columns, company } = changed
  const meter = createRelationMeter(columns, company, readMeasured(connection, name))
  meter.add(connection, added, 1)
  meter.add(connection, closed, -1)
  return meter.take((column) => {
    const quoted = quoteName(column)
    return connection.prepare(`SELECT min(${quoted}) AS min, max(${quoted}) AS max FROM ${relation}`).get() as {
      min: number | null
      max: number | null
    }
  })
}
