import { AppError } from '../../../kernel/app-error.ts'
import { untouched } from '../../../kernel/untouched.ts'
import type { Connection } from '../../../store/database.ts'
import { archivedFeed } from '../../archive/archived-feed.ts'
import type { ArchivedDelivery } from '../../staging/refresh-source.ts'
import { deliveriesOf } from './known-files.ts'

/** All that was delivered of a source and accepted, in order, as the archive has it; what was read before feeds were kept is refused. */
export function archivedDeliveries(
  site: { readonly connection: Connection; readonly workspaceFolder: string; readonly publishedRun: number },
  source: string,
): readonly ArchivedDelivery[] {
  return deliveriesOf(site, source).map(({ run_id: runId, file, sha256, first_arrival: firstArrival }) => {
    if (firstArrival === null)
      throw new AppError('NOT_FOUND', `Run ${runId} read ${file} before feeds were kept, so it cannot be read again.`, {
        place: { file },
        saved: untouched,
        hint: 'Make a new workspace from the feeds, or run without a full refresh.',
      })
    return { ...archivedFeed(site.workspaceFolder, file, sha256), firstArrival }
  })
}
