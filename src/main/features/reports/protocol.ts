import { z } from 'zod'
import { method } from '#protocol/method'

const reportableRun = z.object({
  run_id: z.int(),
  kind: z.enum(['feeds', 'replay']),
  status: z.enum(['published', 'blocked', 'failed', 'cancelled']),
  as_of: z.string(),
  started_at: z.string(),
  started_by: z.string(),
  /** True for the one run that readers see now. */
  is_current: z.boolean(),
})
export type ReportableRun = z.infer<typeof reportableRun>

export const reportsMethods = {
  /** The runs that a report can be made of, newest first. */
  list: method('reports.list', z.object({}), z.array(reportableRun)),
  /** Makes the report of a run: one HTML file that needs nothing else. The same run gives the same bytes. */
  make: method(
    'reports.make',
    z.object({
      /** The published run unless said otherwise. */
      run_id: z.int().optional(),
      /** Shows values of personal columns and whole records; else they are masked. */
      show_personal: z.boolean().default(false),
      /** The file to write; left out, the report is given back. */
      out: z.string().min(1).optional(),
    }),
    z.object({
      run_id: z.int(),
      file_name: z.string(),
      html: z.string().nullable(),
      path: z.string().nullable(),
    }),
  ),
}
