import { z } from 'zod'

// The part of the Open Data Contract Standard v3.1 (https://bitol-io.github.io/open-data-contract-standard/v3.1.0/) that feeds use.
// What the standard has no word for stands in `customProperties` and in quality rules of `engine: assay`, as it provides.

const columnName = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/, 'a column name: lower-case letters, digits and _')
const ruleName = columnName

const accepted = z.strictObject({
  type: z.literal('library'),
  metric: z.literal('invalidValues'),
  name: ruleName.default('accepted_values'),
  arguments: z.strictObject({ validValues: z.array(z.string()).min(1) }),
  mustBe: z.literal(0),
})

const comparison = z.strictObject({
  type: z.literal('custom'),
  engine: z.literal('assay'),
  name: ruleName,
  description: z.string().min(1),
  severity: z.enum(['error', 'warning']).default('error'),
  implementation: z.union([
    z.strictObject({ failsBelow: z.number() }),
    z.strictObject({ failsAfter: z.literal('as_of') }),
    z.strictObject({ failsBefore: columnName }),
    z.strictObject({ failsPrefix: z.array(z.string().min(1)).min(1) }),
  ]),
})
export type ComparisonRule = z.infer<typeof comparison>

const customProperty = z.discriminatedUnion('property', [
  /** The file must have the column; a file without it is rejected. */
  z.strictObject({ property: z.literal('requiredInFile'), value: z.literal(true) }),
  /** A type that ODCS does not name. */
  z.strictObject({ property: z.literal('format'), value: z.enum(['money', 'email', 'domain']) }),
  /** For a pattern: the normal form, with $1, $2, ... for its groups. */
  z.strictObject({ property: z.literal('normalForm'), value: z.string() }),
  /** The name of the rule that a value of the wrong form breaks. */
  z.strictObject({ property: z.literal('formRule'), value: ruleName }),
  /** An alias table of the project, and the warning for a value that is not in it. */
  z.strictObject({ property: z.literal('aliases'), value: z.strictObject({ table: columnName, unknown: ruleName }) }),
  /** Inferred, where null, from another source by the domain of an e-mail column; the flag column says so. */
  z.strictObject({
    property: z.literal('inferredFrom'),
    value: z.strictObject({ source: columnName, emailColumn: columnName, flag: columnName, rule: ruleName }),
  }),
  /** `key=value` pairs in the text, taken out into columns of their own; the text itself is not staged. */
  z.strictObject({ property: z.literal('pairs'), value: z.record(columnName, columnName) }),
  /** A date taken from another column (of pairs) where this one is null, if it is valid and breaks no `failsBefore` rule of this one. */
  z.strictObject({ property: z.literal('fallback'), value: columnName }),
  /** Carried forward from the latest version of the row that has a value. */
  z.strictObject({ property: z.literal('carryForward'), value: z.literal(true) }),
  /** Repair rules: texts that are not of the form, and what they are known to mean. */
  z.strictObject({
    property: z.literal('repairs'),
    value: z.record(z.string().trim().min(1), z.string().trim().min(1)),
  }),
])

const property = z.strictObject({
  name: columnName,
  description: z.string().default(''),
  logicalType: z.enum(['string', 'date', 'timestamp', 'integer', 'number']),
  /** No null allowed: rule not_null. */
  required: z.boolean().default(false),
  primaryKey: z.boolean().default(false),
  primaryKeyPosition: z.int().optional(),
  classification: z.string().optional(),
  examples: z.array(z.unknown()).optional(),
  logicalTypeOptions: z.strictObject({ pattern: z.string().optional(), minimum: z.number().optional() }).default({}),
  quality: z.array(z.union([accepted, comparison])).default([]),
  customProperties: z.array(customProperty).default([]),
})
export type ContractProperty = z.infer<typeof property>

const schemaProperty = z.discriminatedUnion('property', [
  /** Name pattern of the feed's files: a beginning and `*`, and where it matters an extension. */
  z.strictObject({
    property: z.literal('files'),
    value: z.string().regex(/^[a-z0-9_]+\*(\.[a-z]+)?$/, 'a pattern such as claims* or lookup*.json'),
  }),
  z.strictObject({ property: z.literal('layout'), value: z.enum(['records', 'map']) }),
  /** Columns that tell how recent a row is, the first that is not null counts. */
  z.strictObject({ property: z.literal('recency'), value: z.array(columnName) }),
  /** Columns by which the staged rows are looked up. */
  z.strictObject({ property: z.literal('indexes'), value: z.array(z.array(columnName).min(1)) }),
  /** The key where the primary key is null. */
  z.strictObject({ property: z.literal('fallbackKey'), value: z.array(columnName).min(1) }),
  /** How many days before the run's as-of date the newest row and the newest file may lie; severity warn: nothing is held for it. */
  z.strictObject({
    property: z.literal('freshness'),
    value: z
      .strictObject({
        warn_after: z.int().min(0).optional(),
        error_after: z.int().min(0).optional(),
        severity: z.enum(['warn', 'error']).default('error'),
      })
      .refine(({ warn_after: warn, error_after: error }) => (warn ?? error) !== undefined, 'warn_after or error_after')
      .refine(
        ({ warn_after: warn = 0, error_after: error = warn }) => warn <= error,
        'error_after comes before warn_after, so that it would never warn',
      ),
  }),
  /** Whether a delivery is all that there is or what is new; where it is not said the deliveries show it. */
  z.strictObject({ property: z.literal('delivery'), value: z.enum(['snapshot', 'increment']) }),
  /** What other columns than in the delivery before do: evolve: new ones warn; freeze: any change holds; discard: new ones do not matter. */
  z.strictObject({ property: z.literal('columns'), value: z.enum(['evolve', 'freeze', 'discard']) }),
  /** The column by whose values, such as companies, the gates judge and hold parts of a delivery. */
  z.strictObject({ property: z.literal('per'), value: columnName }),
])

export const contractFile = z.strictObject({
  apiVersion: z.literal('v3.1.0'),
  kind: z.literal('DataContract'),
  id: z.string().min(1),
  name: columnName,
  version: z.string(),
  status: z.enum(['proposed', 'draft', 'active', 'deprecated', 'retired']),
  description: z
    .strictObject({ purpose: z.string(), usage: z.string().optional(), limitations: z.string().optional() })
    .optional(),
  schema: z
    .array(
      z.strictObject({
        name: columnName,
        logicalType: z.literal('object').default('object'),
        description: z.string().default(''),
        customProperties: z.array(schemaProperty),
        properties: z.array(property).min(1),
      }),
    )
    .length(1),
})
export type ContractFile = z.infer<typeof contractFile>
