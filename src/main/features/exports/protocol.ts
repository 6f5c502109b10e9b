import { z } from 'zod'
import { method } from '#protocol/method'

export const exportFormat = z.enum(['csv', 'parquet', 'xlsx'])
export type ExportFormat = z.infer<typeof exportFormat>

export const exportsMethods = {
  /** Names of all that can be exported: the project's exports and every model. */
  names: method('exports.names', z.object({}), z.array(z.string())),
  /** Writes the published rows to files; into the workspace's `exports` folder unless `out` names another. */
  write: method(
    'exports.write',
    z.object({
      names: z.array(z.string()).default([]),
      formats: z.array(exportFormat).min(1).default(['csv']),
      out: z.string().min(1).optional(),
    }),
    z.object({ files: z.array(z.object({ path: z.string(), rows: z.int(), bytes: z.int() })) }),
  ),
}
