import type { SourceContract } from '../contract/source-contract.ts'
import { readFeedHeader } from '../reader/read-feed-header.ts'
import { archivedFeed } from './archived-feed.ts'
import { feedShapeOf } from './feed-shape.ts'

/** How an archived CSV file parts and names its cells; null for JSON. It reads the whole file once: remember what it gives. */
export function feedHeader(
  workspaceFolder: string,
  file: { readonly name: string; readonly sha256: string },
  contract: SourceContract,
  maxRecordBytes: number,
): { readonly delimiter: string; readonly columns: readonly string[] } | null {
  return readFeedHeader(archivedFeed(workspaceFolder, file.name, file.sha256), feedShapeOf(contract, maxRecordBytes))
}
