import { characters } from './characters.ts'
import type { FeedFile, FeedHandlers, FeedShape, FeedSummary } from './feed-types.ts'
import { withFeedSource, type FeedSource } from './feed-source.ts'
import { inspectFeed, type FeedInspection } from './inspect-feed.ts'
import { readCsv } from './read-csv.ts'
import { readJsonElements } from './read-json-elements.ts'
import { readNdjson } from './read-ndjson.ts'
import type { Reading, ReadingResult } from './reading.ts'
import { rejection } from './reject-file.ts'
import { skipSpace } from './scan-json-element.ts'
import { openWindow, type TextWindow } from './text-window.ts'

/** Reads a feed in blocks of a given size; the size changes nothing but speed and memory. */
export function readFeedInBlocks(
  file: FeedFile,
  shape: FeedShape,
  handlers: FeedHandlers,
  blockBytes: number,
): FeedSummary {
  return withFeedSource(file, (source) => {
    const inspection = inspectFeed(source, blockBytes)
    const read = chooseReader(source, inspection, shape, blockBytes)
    const window = openWindow(source, {
      inspection,
      longestKept: shape.maxRecordBytes,
      blockBytes,
      onRead: (bytesRead) => handlers.progress?.(bytesRead),
    })
    const longest = Math.floor(shape.maxRecordBytes / window.unitBytes)
    const { encoding, sha256 } = inspection
    return {
      ...read({ file, window, shape, handlers, longest }),
      encoding,
      bytes: source.size,
      writtenAt: Number(source.changedAt / 1_000_000n),
      warnings: encoding === 'windows-1252' ? ['not_utf8'] : [],
      sha256,
    }
  })
}

function chooseReader(
  source: FeedSource,
  inspection: FeedInspection,
  shape: FeedShape,
  blockBytes: number,
): (reading: Reading) => ReadingResult {
  const { file } = source
  if (shape.layout === 'map') {
    if (firstUnit(source, inspection, blockBytes) !== characters.openBrace)
      throw rejection(file, 'is not a JSON object', 'Deliver one JSON object: { "key": "value", ... }.')
    return (reading) => readJsonElements(reading, false)
  }
  if (/\.(ndjson|jsonl)$/iu.test(file.name)) return readNdjson
  if (!/\.json$/iu.test(file.name)) return readCsv
  const first = firstUnit(source, inspection, blockBytes)
  if (first === null) throw rejection(file, 'is empty', 'Have it delivered again; [] says that there are no records.')
  return first === characters.openBracket ? (reading) => readJsonElements(reading, true) : readNdjson
}

/** The first unit that is not white space, seen through a window of its own; null in an empty file. */
function firstUnit(source: FeedSource, inspection: FeedInspection, blockBytes: number): number | null {
  const window: TextWindow = openWindow(source, { inspection, longestKept: 0, blockBytes, onRead: () => {} })
  const cursor = { at: 0 }
  return skipSpace(window, cursor) ? (window.units[cursor.at] ?? null) : null
}
