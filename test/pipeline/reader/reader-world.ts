import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AppError } from '../../../src/main/kernel/app-error.ts'
import type { BadRecord, FeedShape, FeedSummary } from '../../../src/main/pipeline/reader/feed-types.ts'
import { readFeedInBlocks } from '../../../src/main/pipeline/reader/read-feed-in-blocks.ts'

export interface SeenRecord {
  readonly line: number
  readonly offset: number
  readonly length: number
  readonly cells: readonly (string | null)[]
  readonly raw: string
  readonly named: Record<string, string | null>
}

export interface Seen {
  readonly records: readonly SeenRecord[]
  readonly bad: readonly BadRecord[]
  /** The lines of all records in the order in which they came, those of bad ones negative. */
  readonly order: readonly number[]
  readonly summary: FeedSummary
}

export interface ReadOptions {
  readonly name?: string
  readonly columns?: readonly string[]
  readonly required?: readonly string[]
  readonly layout?: FeedShape['layout']
  readonly maxRecordBytes?: number
  readonly blockBytes?: number
}

/** Writes `content` to a file and reads it as a feed with the columns id, name and amount. */
export function read(content: string | Buffer, options: ReadOptions = {}): Seen {
  const folder = mkdtempSync(join(tmpdir(), 'assay-reader-'))
  try {
    const name = options.name ?? 'feed.csv'
    const path = join(folder, name)
    writeFileSync(path, content)
    // When a file was written is told too; it must not differ between reads that are compared.
    utimesSync(path, 0, 0)
    return readPath(path, { ...options, name })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Reads what lies at `path` as a feed. */
export function readPath(path: string, options: ReadOptions & { readonly name: string }): Seen {
  const records: SeenRecord[] = []
  const bad: BadRecord[] = []
  const order: number[] = []
  const shape: FeedShape = {
    columns: options.columns ?? ['id', 'name', 'amount'],
    required: options.required ?? ['id', 'name'],
    layout: options.layout ?? 'records',
    maxRecordBytes: options.maxRecordBytes ?? 1 << 16,
  }
  const handlers = {
    record(record: Parameters<Parameters<typeof readFeedInBlocks>[2]['record']>[0]) {
      const { line, offset, length } = record
      records.push({ line, offset, length, cells: [...record.cells], raw: record.raw(), named: record.named() })
      order.push(line)
    },
    bad(record: BadRecord) {
      bad.push(record)
      order.push(-record.line)
    },
  }
  const summary = readFeedInBlocks({ path, name: options.name }, shape, handlers, options.blockBytes ?? 64)
  return { records, bad, order, summary }
}

/** The error with which `act` fails, which must be one that a person can act on. */
export function failureOf(act: () => unknown): AppError {
  try {
    act()
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
  throw new Error('nothing failed')
}
