import { createHash } from 'node:crypto'
import { hashFile } from '../../archive/hash-file.ts'
import type { EnrichmentConfig } from '../../project/project-schema.ts'
import type { FeedFile } from '../sources/find-feeds.ts'

/** Changes whenever an enrichment asks otherwise or is answered by other files; null where no files are read. */
export function enrichmentFingerprint(config: EnrichmentConfig, files: readonly FeedFile[] | null): string {
  const answers = files === null ? null : files.map(({ name, path }) => [name, hashFile(path)])
  return createHash('sha256')
    .update(JSON.stringify([config, answers]))
    .digest('hex')
    .slice(0, 16)
}
