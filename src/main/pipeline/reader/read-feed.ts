import type { FeedFile, FeedHandlers, FeedShape, FeedSummary } from './feed-types.ts'
import { readFeedInBlocks } from './read-feed-in-blocks.ts'

const blockBytes = 1 << 20

/**
 * Reads a feed file from start to end in constant memory and hands over its records in their order. Throws an `AppError`
 * FILE_REJECTED for a file of which nothing may be loaded, sometimes only after records of it were handed over: the
 * caller then undoes what it did with them.
 */
export function readFeed(file: FeedFile, shape: FeedShape, handlers: FeedHandlers): FeedSummary {
  return readFeedInBlocks(file, shape, handlers, blockBytes)
}
