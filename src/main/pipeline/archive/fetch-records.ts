import { AppError } from '../../kernel/app-error.ts'
import type { Connection } from '../../store/database.ts'
import type { SourceContract } from '../contract/source-contract.ts'
import type { BadRecord, FeedRecord } from '../reader/feed-types.ts'
import { readFeed } from '../reader/read-feed.ts'
import { archivedFeed } from './archived-feed.ts'
import { feedShapeOf } from './feed-shape.ts'
import { prepareFeedFile, type NumberedFile } from './find-feed-file.ts'

/** A record as its file holds it. */
export interface DeliveredRecord {
  readonly arrival: number
  readonly source: string
  readonly file: string
  readonly line: number
  /** The byte of the file at which it starts. */
  readonly offset: number
  readonly encoding: string
  readonly raw: string
  /** By normalised name; null where it could not be parsed. */
  readonly cells: Record<string, string | null> | null
  /** For a CSV record that could not be parsed: how its file parts and names the cells. */
  readonly header: BadRecord['header']
}

/** Ends a reading early; never seen outside. */
const foundAll = new Error('all wanted records were found')

/** Reads records again from the archived feed files, by their arrival numbers; one pass over each file, up to the last wanted record. */
export function fetchRecords(
  connection: Connection,
  workspaceFolder: string,
  contracts: ReadonlyMap<string, SourceContract>,
  maxRecordBytes: number,
  arrivals: readonly number[],
): ReadonlyMap<number, DeliveredRecord> {
  const records = new Map<number, DeliveredRecord>()
  for (const { file, wanted } of byFile(connection, arrivals)) {
    const contract = contracts.get(file.source)
    if (contract === undefined)
      throw new AppError('NOT_FOUND', `The project has no source ${file.source} any more, which ${file.file} was of.`, {
        place: { file: file.file },
        hint: 'Put its contract back into the project.',
      })
    const feed = archivedFeed(workspaceFolder, file.file, file.sha256)
    const shape = feedShapeOf(contract, maxRecordBytes)
    const last = Math.max(...wanted)
    let arrival = file.first_arrival - 1
    const take = (record: FeedRecord | BadRecord) => {
      arrival += 1
      if (wanted.has(arrival)) records.set(arrival, deliveredRecord(file, arrival, record))
      if (arrival === last) throw foundAll
    }
    try {
      readFeed(feed, shape, { record: take, bad: take })
    } catch (error) {
      if (error !== foundAll) throw error
    }
  }
  return records
}

interface WantedOfFile {
  readonly file: NumberedFile
  readonly wanted: Set<number>
}

function byFile(connection: Connection, arrivals: readonly number[]): Iterable<WantedOfFile> {
  const fileOf = prepareFeedFile(connection)
  const files = new Map<number, WantedOfFile>()
  let current: WantedOfFile | null = null
  for (const arrival of arrivals.toSorted((a, b) => a - b)) {
    if (current === null || arrival >= current.file.first_arrival + current.file.rows_read) {
      const file = fileOf(arrival)
      if (file === null)
        throw new AppError('NOT_FOUND', `No feed file that was read has the record number ${arrival}.`, {
          hint: 'It was read before feeds were kept: deliver its file again, then run.',
        })
      current = files.get(file.first_arrival) ?? { file, wanted: new Set() }
      files.set(file.first_arrival, current)
    }
    current.wanted.add(arrival)
  }
  return files.values()
}

function deliveredRecord(file: NumberedFile, arrival: number, record: FeedRecord | BadRecord): DeliveredRecord {
  const isRead = 'named' in record
  return {
    arrival,
    source: file.source,
    file: file.file,
    line: record.line,
    offset: record.offset,
    encoding: file.encoding,
    raw: isRead ? record.raw() : record.raw,
    cells: isRead ? record.named() : null,
    header: isRead ? null : record.header,
  }
}
