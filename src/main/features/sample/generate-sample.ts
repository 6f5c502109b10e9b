import { AppError } from '../../kernel/app-error.ts'
import type { SampleSpec } from './sample-schema.ts'
import { sampleWorld } from './sample-world.ts'
import { writeFeed, type WrittenFile } from './write-feed.ts'
import { writeObject } from './write-object.ts'

export interface SampleRequest {
  readonly spec: SampleSpec
  /** Records of the table that says `rows: all`; the others follow. */
  readonly rows: number
  /** The same seed gives the same bytes. */
  readonly seed: number
  /** The folder for the files; made where it does not exist. */
  readonly out: string
  /** Called now and then with the records written so far and in all. */
  readonly progress?: (written: number, total: number) => void
}

const recordsBetweenReports = 10_000

/** Writes the sample feeds of a project. */
export function generateSample({ spec, rows, seed, out, progress }: SampleRequest): {
  readonly files: readonly WrittenFile[]
} {
  if (!Number.isSafeInteger(rows) || rows < 1)
    throw new AppError('USAGE', `A sample cannot have ${rows} rows.`, {
      hint: 'Ask for a whole number of rows, at least 1.',
    })
  const world = sampleWorld(spec, rows, seed)
  const feeds = Object.entries(spec.feeds)
  const total = feeds.reduce((sum, [, feed]) => sum + (world.counts.get(feed.table) ?? 0), 0)
  let written = 0
  const onLine = (): void => {
    written += 1
    if (written % recordsBetweenReports === 0 || written === total) progress?.(written, total)
  }
  const files = feeds.flatMap(([name, feed]) => writeFeed(world, name, feed, out, onLine))
  files.push(...Object.entries(spec.objects).map(([name, object]) => writeObject(world, name, object, out)))
  return { files }
}
