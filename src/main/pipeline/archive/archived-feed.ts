import { existsSync } from 'node:fs'
import { AppError } from '../../kernel/app-error.ts'
import type { FeedFile } from '../reader/feed-types.ts'
import { feedPath } from './keep-feed.ts'

/** The archived file under the name that it was delivered by, which tells its format; throws where the archive does not have it. */
export function archivedFeed(workspaceFolder: string, name: string, sha256: string): FeedFile {
  const path = feedPath(workspaceFolder, sha256)
  if (!existsSync(path))
    throw new AppError('NOT_FOUND', `The archive does not have the feed file ${name} any more.`, {
      place: { file: path },
      saved: 'Nothing was changed.',
      hint: `Put ${name}, as it was delivered, into the workspace as feeds/${sha256}, or run it again.`,
    })
  return { path, name }
}
