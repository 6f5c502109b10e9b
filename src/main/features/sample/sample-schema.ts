import { z } from 'zod'

const millisecondsPerDay = 86_400_000

const name = z.string().regex(/^[a-z][a-z0-9_]*$/, 'a name: lower-case letters, digits and _, beginning with a letter')
/** A column of the same table, or `pick.column` of the row that a pick found. */
const reference = z
  .string()
  .regex(/^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$/, 'a column, or a pick and its column: company.name')
const share = z.number().min(0).max(1)
const weights = z.record(z.string(), z.number().positive())
/** The least and the greatest, both included. */
const range = z
  .tuple([z.number(), z.number()])
  .refine(([from, to]) => from <= to, 'the first must not be greater than the second')
/** Inside, days since 1970-01-01. */
const day = z.iso.date('a day: YYYY-MM-DD').transform((text) => Date.parse(`${text}T00:00:00Z`) / millisecondsPerDay)

const kinds = z.strictObject({
  constant: z.string().nullable(),
  /** The number of the row, from `start`, with `prefix` before it and at least so many `digits`. */
  sequence: z.strictObject({ prefix: z.string().default(''), start: z.int().default(1), digits: z.int().default(0) }),
  /** Random digits; `distinct` ones differ from row to row as long as there are enough. */
  digits: z.strictObject({ length: z.int().min(1).max(9), distinct: z.boolean().default(false) }),
  choice: weights,
  /** A word from each list, joined. */
  any_of: z.strictObject({
    lists: z.array(name).min(1),
    join: z.string().default(' '),
    distinct: z.boolean().default(false),
  }),
  /** Text with `{column}`, `{column|lower}` or `{column|compact}` (lower-case letters and digits alone) in it; one, or several by weight. */
  template: z.union([z.string(), weights]),
  /** The value of another column. */
  same_as: reference,
  /** A day, by the weights of the weekdays (Monday first) and months. */
  date: z
    .strictObject({
      from: day,
      to: day,
      weekdays: z.array(z.number().positive()).length(7).optional(),
      months: z.array(z.number().positive()).length(12).optional(),
    })
    .refine(({ from, to }) => from <= to, 'from must not be after to'),
  /** A day so many days after that of another column, for a share of the rows; the very day for the others. */
  days_after: z.strictObject({ column: reference, days: range, share: share.default(1) }),
  /** An instant so many hours after a day or instant of another column, but before the end of the day `until`. */
  instant: z.strictObject({ after: reference, hours: range, until: day.optional() }),
  /** Money: half of the amounts are below the median, which may depend on another column; `spread` is the sigma. */
  money: z.strictObject({
    median: z.union([
      z.number().positive(),
      z.strictObject({ of: reference, medians: z.record(z.string(), z.number().positive()) }),
    ]),
    spread: z.number().min(0),
    /** Amounts are `times` as large where the day of `date` lies in the `days` from that of `from` on. */
    surge: z
      .strictObject({ from: reference, date: reference, days: z.number().positive(), times: z.number().positive() })
      .optional(),
  }),
  /** How many rows of another table would pick this row, which has `weight`; times a factor by its weight. */
  fair_share: z.strictObject({
    of: name,
    weight: name,
    times: z.record(z.string().regex(/^\d+(\.\d+)?$/, 'a number'), z.number().positive()),
  }),
  /** A row of another table: any, or by the numbers in its column `weight`, or one of those with the same pick `sharing` as this row. */
  pick: z.strictObject({ from: name, weight: name.optional(), sharing: name.optional() }),
})

/** How a column is made: one kind of the above. */
const column = kinds
  .partial()
  .extend({ null_share: share.default(0) })
  .refine(
    (given) => Object.entries(given).filter(([key, value]) => key !== 'null_share' && value !== undefined).length === 1,
    `exactly one of ${Object.keys(kinds.shape).join(', ')}`,
  )
export type ColumnSpec = z.output<typeof column>

const table = z
  .strictObject({
    /** `all`: as many as asked for; else so many, or one for each `per` of those, within bounds. */
    rows: z
      .union([
        z.literal('all'),
        z.int().positive(),
        z.strictObject({ per: z.number().positive(), min: z.int().positive(), max: z.int().positive() }),
      ])
      .optional(),
    /** Instead of `rows`: a row for every combination of rows of other tables; pick -> table. */
    for_each: z.record(name, name).optional(),
    columns: z.record(name, column),
    /** The first rows have these texts, days or numbers instead. */
    first: z.array(z.record(name, z.string())).default([]),
  })
  .refine((given) => (given.rows === undefined) !== (given.for_each === undefined), 'either rows or for_each')
export type TableSpec = z.output<typeof table>

const field = z.strictObject({
  /** The field's own name where none is given. */
  column: reference.optional(),
  /** How values are written, by weight. */
  styles: weights.optional(),
  /** Other spellings of a value, used for a share of the rows. */
  variants: z.strictObject({ share, of: z.record(z.string(), z.array(z.string()).min(1)) }).optional(),
})
export type FieldSpec = z.output<typeof field>

const columns = z.record(name, column)

const file = z.strictObject({
  name: z.string().regex(/^[\w.-]+$/, 'a plain file name'),
  /** Of the rows of the feed; the last file takes what is left. */
  share: share,
  format: z.enum(['csv', 'json', 'ndjson']),
  delimiter: z.enum([',', ';', '\t', '|']).default(','),
  newline: z.enum(['lf', 'crlf', 'cr']).default('lf'),
  encoding: z.enum(['utf-8', 'utf-8-bom', 'utf-16le-bom', 'windows-1252']).default('utf-8'),
  /** `titled`: upper case, with spaces. */
  header: z.enum(['plain', 'titled']).default('plain'),
  /** Fields that this file does not have. */
  without: z.array(name).default([]),
  /** Fields that are numbers where the format has them. */
  numbers: z.array(name).default([]),
  /** Columns made in another way for a share of the rows that this file brings first. */
  fresh: z.strictObject({ share, columns }).optional(),
  /** Rows that an earlier line brought already, with other columns (an update) or none (a duplicate). */
  repeats: z.array(z.strictObject({ share, columns: columns.default({}) })).default([]),
})
export type FileSpec = z.output<typeof file>

const defect = z
  .strictObject({
    what: z.string().min(1),
    /** Of the lines of the feed; it occurs at least once. */
    rate: z.number().positive().max(1),
    /** One of these texts takes the place of the cell; `{}` in it is the cell's own text. */
    cells: z.record(name, z.array(z.string()).min(1)).optional(),
    /** What happens to the record as a whole; `cut_short` to NDJSON, the others to CSV. */
    record: z.enum(['extra_cell', 'missing_cell', 'stray_quote', 'unclosed_quote', 'cut_short']).optional(),
  })
  .refine((given) => (given.cells === undefined) !== (given.record === undefined), 'either cells or record')
export type DefectSpec = z.output<typeof defect>

const feed = z.strictObject({
  table: name,
  fields: z.record(name, field),
  files: z.array(file).min(1),
  defects: z.array(defect).default([]),
})
export type FeedSpec = z.output<typeof feed>

/** A file that is one JSON object: a row's key -> its value, or its values by name. Rows without a key are left out. */
const object = z
  .strictObject({
    table: name,
    key: reference,
    value: reference.optional(),
    values: z.record(name, reference).optional(),
  })
  .refine((given) => (given.value === undefined) !== (given.values === undefined), 'either value or values')
export type ObjectSpec = z.output<typeof object>

/** What a project's sample feeds are made of; that its names fit together is checked by `checkReferences`. */
export const sampleShape = z.strictObject({
  /** The day as of which a run over the sample makes sense. */
  as_of: z.iso.date('a day: YYYY-MM-DD'),
  lists: z.record(name, z.array(z.string()).min(1)).default({}),
  /** How "no value" is written, by weight. */
  nulls: weights,
  tables: z.record(name, table),
  feeds: z.record(name, feed),
  objects: z.record(z.string().regex(/^[\w.-]+$/, 'a plain file name'), object).default({}),
})
export type SampleSpec = z.output<typeof sampleShape>
