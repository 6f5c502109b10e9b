import { z } from 'zod'
import { name, reference } from './name-schema.ts'

/** Values as a person writes them; a column that is left out is null. */
const row = z.record(name, z.union([z.string(), z.number(), z.boolean(), z.null()]))

/** Given rows for what a model reads, and the rows that it must make of them: dbt's words. */
export const unitTest = z.strictObject({
  name,
  description: z.string().default(''),
  model: name,
  config: z.strictObject({ severity: z.enum(['warn', 'error']).default('error') }).default({ severity: 'error' }),
  overrides: z.strictObject({ vars: z.record(name, z.unknown()).default({}) }).default({ vars: {} }),
  given: z
    .array(
      z.strictObject({
        input: z.union([
          reference,
          z.string().regex(/^source\('[a-z0-9_]+', ?'[a-z0-9_]+'\)$/, "source('feeds', 'name')"),
        ]),
        rows: z.array(row),
      }),
    )
    .default([]),
  expect: z.strictObject({ rows: z.array(row) }),
})
export type UnitTestRow = z.infer<typeof row>
