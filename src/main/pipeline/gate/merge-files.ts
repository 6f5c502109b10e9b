import { createHash } from 'node:crypto'
import { mergeProfiles } from './column-profile.ts'
import { mergeCounts } from './company-counts.ts'
import type { Delivery } from './delivery.ts'
import type { ObservedFile } from './observe-file.ts'
import { mergeSketches } from './sketch.ts'

/** A file of a delivery, read and observed. */
export interface DeliveredFile {
  readonly file: string
  readonly sha256: string
  readonly rows: number
  /** In milliseconds since 1970-01-01 UTC. */
  readonly writtenAt: number
  readonly observed: ObservedFile
}

/** Files of a source, at least one, as one delivery. */
export function mergeFiles(source: string, files: readonly DeliveredFile[]): Delivery {
  const observed = files.map((file) => file.observed)
  const newest = observed.reduce((most, file) => Math.max(most, file.newest ?? -Infinity), -Infinity)
  const newestFile = files.reduce((last, file) => (file.writtenAt > last.writtenAt ? file : last))
  const hashes = files.map(({ sha256 }) => sha256).toSorted()
  return {
    source,
    fingerprint: createHash('sha256').update(hashes.join('\n')).digest('hex'),
    rows: files.reduce((rows, file) => rows + file.rows, 0),
    sound: observed.reduce((rows, file) => rows + file.sound, 0),
    files: files.length,
    newestFile: { name: newestFile.file, writtenAt: newestFile.writtenAt },
    newest: newest === -Infinity ? null : newest,
    keys: mergeSketches(observed.map(({ keys }) => keys)),
    contents: mergeSketches(observed.map(({ contents }) => contents)),
    columns: mergeProfiles(observed.map(({ columns }) => columns)),
    companies: mergeCounts(observed.map(({ companies }) => companies)),
  }
}
