import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { ColumnDetail, ValueSample } from './column-metric.ts'

/** A detail as it is kept. */
export function packDetail(detail: ColumnDetail): Buffer {
  return deflateRawSync(JSON.stringify(detail))
}

export function unpackDetail(bytes: Buffer): ColumnDetail {
  return JSON.parse(inflateRawSync(bytes).toString('utf8')) as ColumnDetail
}

/** A sample as it is kept: its depth, then hashes and counts in turns. Hashes are random, so that nothing would compress them. */
export function packSample(sample: ValueSample | null): Buffer | null {
  if (sample === null) return null
  const numbers = Float64Array.from([sample.depth, ...sample.counts.flat()])
  return Buffer.from(numbers.buffer)
}

export function unpackSample(bytes: Buffer | null): ValueSample | null {
  if (bytes === null) return null
  // Copied, since the bytes of a buffer need not begin where numbers may.
  const [depth = 0, ...rest] = new Float64Array(Uint8Array.from(bytes).buffer)
  const counts = Array.from({ length: rest.length / 2 }, (_, at) => [rest[2 * at] ?? 0, rest[2 * at + 1] ?? 0] as const)
  return { depth, counts }
}
