import type { SourceContract } from '../contract/source-contract.ts'
import type { FeedShape } from '../reader/feed-types.ts'

/** What the reader needs to know of a source's contract. */
export function feedShapeOf(contract: SourceContract, maxRecordBytes: number): FeedShape {
  return {
    columns: contract.fields.map((field) => field.name),
    required: contract.requiredInFile,
    layout: contract.layout,
    maxRecordBytes,
  }
}
