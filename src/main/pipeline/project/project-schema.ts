import { z } from 'zod'
import { columnTypes } from '../../kernel/column-type.ts'
import { columnCheck, modelCheck } from './check-schema.ts'
import { name } from './name-schema.ts'
import { unitTest } from './unit-test-schema.ts'

const enrichment = z.strictObject({
  name,
  description: z.string().default(''),
  /** The model and column that hold the keys to be asked for. */
  keys: z.strictObject({ model: name, column: name }),
  key: name,
  /** Files of answers in the input folder: an object key -> answer. */
  files: z.string().min(1),
  /** Fields of an answer; each becomes a text column. */
  fields: z.array(name).min(1),
  time_to_live_days: z.number().positive().default(30),
})
export type EnrichmentConfig = z.infer<typeof enrichment>

export const projectFile = z.strictObject({
  name,
  title: z.string().min(1),
  description: z.string().default(''),
  /** Cells that mean "no value", besides the empty one; compared exactly, after trimming. */
  null_words: z.array(z.string()).default([]),
  /** The column that names the company of a record, where a source has it: what people look for rows by. */
  company: name.optional(),
  /** How many of the last published runs keep their rows: for going back to them, and for comparing them. */
  retention_runs: z.int().min(1).max(100).default(10),
  max_record_bytes: z.int().min(1024).max(67_108_864).default(1_048_576),
  /** A model that takes longer is stopped, and the run with it. */
  model_seconds: z.number().positive().default(600),
  vars: z.record(name, z.unknown()).default({}),
  /** Tables that map variants of a value to one name. */
  aliases: z.record(name, z.record(z.string(), z.array(z.string()))).default({}),
  enrichments: z.array(enrichment).default([]),
})
export type ProjectFile = z.infer<typeof projectFile>

const column = z.strictObject({
  name,
  data_type: z.enum(columnTypes),
  description: z.string().default(''),
  /** Part of the model but not of its exports: keys and orders that mean nothing outside. */
  hidden: z.boolean().default(false),
  data_tests: z.array(columnCheck).default([]),
})

/** Which rows of what a model reads one of its rows comes from: SQL over `r`, the model's row, and `s`, a row of `to`. */
const lineageRule = z.strictObject({ to: name, on: z.string().min(1) })
export type LineageRule = z.infer<typeof lineageRule>

/** What a model may grow by and cost before a run is warned of it or stopped. */
const modelGuard = z.strictObject({
  /** Rows of the model, or of one company in it, against what it had before. */
  max_growth: z.number().gt(1).default(3),
  /** Seconds that it may take; without it what its own runs took is the measure. */
  max_seconds: z.number().positive().optional(),
  /** error stops publishing. Without it growth stops and cost warns. */
  severity: z.enum(['warn', 'error']).optional(),
})

const lookedBack = z.int().min(0).max(1_000_000).default(0)

/**
 * The column that says when what a row tells of happened, and how many days before it are in it too. `inputs` are sources and tables of
 * which a row hangs on rows of these days alone: those whose `column` is its day or one of the `looks_back` days before it.
 */
const eventDate = z.strictObject({
  column: name,
  looks_back: lookedBack,
  inputs: z.array(z.strictObject({ to: name, column: name, looks_back: lookedBack })).default([]),
})

const model = z.strictObject({
  name,
  description: z.string().default(''),
  config: z.strictObject({
    materialized: z.enum(['table', 'view']).default('table'),
    /** The columns that identify a row, and the order of its export. */
    grain: z.array(name).min(1),
    layer: z.enum(['staging', 'intermediate', 'fact', 'mart', 'export']),
    /** The rows of one value of these columns hang only on the rows of that value in each input that has the columns. */
    partition_by: z.array(name).default([]),
    /** Models in which a view only looks up values: which rows it has, and what its checks say, does not hang on them. */
    looks_up: z.array(name).default([]),
    event_date: eventDate.optional(),
    guard: modelGuard.default({ max_growth: 3 }),
    /** Where it differs from equality on the key columns that both have. */
    lineage: z.array(lineageRule).default([]),
  }),
  data_tests: z.array(modelCheck).default([]),
  columns: z.array(column).min(1),
})
export type ModelConfig = z.infer<typeof model>

export const modelFile = z.strictObject({
  version: z.literal(2),
  models: z.array(model).default([]),
  unit_tests: z.array(unitTest).default([]),
})
