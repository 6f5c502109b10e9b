import { withFeedSource } from './feed-source.ts'
import type { BadRecord, FeedFile, FeedShape } from './feed-types.ts'
import { inspectFeed } from './inspect-feed.ts'
import { readCsvHeader } from './read-csv-header.ts'
import { openWindow } from './text-window.ts'

const blockBytes = 1 << 16

/** How a CSV feed parts and names its cells; null for a feed that is JSON. */
export function readFeedHeader(file: FeedFile, shape: FeedShape): BadRecord['header'] {
  if (shape.layout === 'map' || /\.(json|ndjson|jsonl)$/iu.test(file.name)) return null
  return withFeedSource(file, (source) => {
    const inspection = inspectFeed(source, blockBytes)
    const window = openWindow(source, {
      inspection,
      longestKept: shape.maxRecordBytes,
      blockBytes,
      onRead: () => {},
    })
    const longest = Math.floor(shape.maxRecordBytes / window.unitBytes)
    const reading = { file, window, shape, handlers: { record() {}, bad() {} }, longest }
    const { delimiter, names } = readCsvHeader(reading, { at: 0, line: 1 })
    return { delimiter, columns: names }
  })
}
