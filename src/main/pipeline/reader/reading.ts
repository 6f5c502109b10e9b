import type { FeedFile, FeedHandlers, FeedShape, FeedSummary } from './feed-types.ts'
import type { TextWindow } from './text-window.ts'

/** What the reader of each format works with. */
export interface Reading {
  readonly file: FeedFile
  readonly window: TextWindow
  readonly shape: FeedShape
  readonly handlers: FeedHandlers
  /** The longest record, in units of the window. */
  readonly longest: number
}

/** What the reader of each format has to tell at the end. */
export type ReadingResult = Pick<FeedSummary, 'format' | 'delimiter' | 'columns' | 'rows'>

/** The sentence for a record that is longer than allowed, of which `isCut` says whether a part was left out. */
export function tooLong(shape: FeedShape, isCut: boolean): string {
  const limit = `is longer than ${shape.maxRecordBytes} bytes`
  return isCut ? `${limit}; only its beginning is kept` : limit
}
