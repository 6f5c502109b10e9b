import { z } from 'zod'
import type { ErrorCode, ErrorReport } from '../kernel/app-error.ts'

/** The shape of an error as it crosses processes and as a run records it. */
export const errorReport: z.ZodType<ErrorReport> = z.object({
  code: z.custom<ErrorCode>((code) => typeof code === 'string'),
  message: z.string(),
  place: z.object({
    file: z.string().exactOptional(),
    line: z.int().exactOptional(),
    column: z.int().exactOptional(),
    field: z.string().exactOptional(),
    table: z.string().exactOptional(),
  }),
  saved: z.string().nullable(),
  hint: z.string().nullable(),
})
