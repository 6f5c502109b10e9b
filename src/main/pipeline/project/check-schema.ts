import { z } from 'zod'
import { name, reference } from './name-schema.ts'

/** A count or a share of the rows, such as `> 10` or `>= 1.5%`. */
const limit = z
  .string()
  .regex(/^\s*(>=|>)\s*\d{1,12}(\.\d{1,6})?\s*%?\s*$/, "a limit such as '> 10' or '>= 1%'")
  .refine((text) => !/^\s*>=[\s0.]*%?\s*$/.test(text), 'a limit that at least one failing row reaches')

const measureConfig = z
  .strictObject({ severity: z.enum(['warn', 'error']).optional(), blocking: z.boolean().optional() })
  .default({})

const rowConfig = z
  .strictObject({
    severity: z.enum(['warn', 'error']).optional(),
    /** Whether a failure keeps the run from being published; a check of severity error does unless said otherwise. */
    blocking: z.boolean().optional(),
    warn_if: limit.optional(),
    error_if: limit.optional(),
    /** The least share of the rows that has to pass. */
    mostly: z.number().min(0.000001).max(1).optional(),
    /** A failure blocks only the rows of these values of a column: the others are published. */
    per: name.optional(),
  })
  .refine(
    ({ mostly, warn_if: warnIf, error_if: errorIf }) => mostly === undefined || (warnIf ?? errorIf) === undefined,
    {
      message: 'mostly says already which share may fail; leave warn_if and error_if out',
    },
  )
  .refine(({ per, blocking, severity }) => per === undefined || (blocking ?? severity !== 'warn'), {
    message: 'per says what a failure blocks, but this check does not block',
  })
  .default({})

/** A value as a person writes it: a number, a day, an amount. */
const bound = z.union([z.number(), z.string().min(1)])
const bounds = { min: bound.optional(), max: bound.optional() }
const count = z.int().min(0)

/** A number of days; dbt's `{ count: 2, period: day }` too. */
const days = z.union([
  count,
  z.strictObject({ count, period: z.literal('day') }).transform(({ count: number }) => number),
])

export const columnCheck = z.union([
  z.literal('not_null'),
  z.literal('unique'),
  z.strictObject({ not_null: z.strictObject({ config: rowConfig }) }),
  z.strictObject({ unique: z.strictObject({ config: rowConfig }) }),
  z.strictObject({
    accepted_values: z.strictObject({ values: z.array(z.union([z.string(), z.number()])).min(1), config: rowConfig }),
  }),
  z.strictObject({ relationships: z.strictObject({ to: reference, field: name, config: rowConfig }) }),
  z.strictObject({
    between: z
      .strictObject({ ...bounds, strictly: z.boolean().default(false), config: rowConfig })
      .refine(({ min, max }) => (min ?? max) !== undefined, 'min or max'),
  }),
  /** RE2: no look-around, no references back, and so no pattern that hangs. */
  z.strictObject({ regex: z.strictObject({ pattern: z.string().min(1).max(1000), config: rowConfig }) }),
  z.strictObject({
    not_null_proportion: z
      .strictObject({
        at_least: z.number().min(0).max(1).default(0),
        at_most: z.number().min(0).max(1).default(1),
        config: measureConfig,
      })
      .refine(({ at_least: least, at_most: most }) => least <= most, 'no share lies between at_least and at_most'),
  }),
  z.strictObject({
    freshness: z
      .strictObject({ warn_after: days.optional(), error_after: days.optional(), config: measureConfig })
      .refine(({ warn_after: warn, error_after: error }) => (warn ?? error) !== undefined, 'warn_after or error_after')
      .refine(
        ({ warn_after: warn = 0, error_after: error = warn }) => warn <= error,
        'error_after comes before warn_after, so that it would never warn',
      ),
  }),
  z.strictObject({
    sum: z
      .strictObject({ ...bounds, equals: bound.optional(), config: measureConfig })
      .refine(({ min, max, equals }) => (min ?? max ?? equals) !== undefined, 'min, max or equals'),
  }),
])
export type ColumnCheck = z.infer<typeof columnCheck>

export const modelCheck = z.union([
  z.strictObject({
    expression_is_true: z.strictObject({ name: name.optional(), expression: z.string().min(1), config: rowConfig }),
  }),
  z.strictObject({
    unique_combination: z.strictObject({ name: name.optional(), columns: z.array(name).min(2), config: rowConfig }),
  }),
  z.strictObject({
    row_count: z
      .strictObject({
        name: name.optional(),
        min: count.optional(),
        max: count.optional(),
        equal_to: reference.optional(),
        config: measureConfig,
      })
      .refine(({ min, max, equal_to: other }) => (min ?? max ?? other) !== undefined, 'min, max or equal_to')
      .refine(({ min = 0, max = min }) => min <= max, 'no number of rows lies between min and max'),
  }),
])
export type ModelCheck = z.infer<typeof modelCheck>

/** What a check's `config` may say, of all kinds of checks. */
export type CheckConfig = z.infer<typeof rowConfig>
