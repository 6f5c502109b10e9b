import { z } from 'zod'
import { method } from '#protocol/method'
import { columnTypes } from '../../kernel/column-type.ts'

const reason = z.object({
  field: z.string(),
  rule: z.string(),
  severity: z.enum(['error', 'warning']),
  /** A sentence for a person. */
  message: z.string(),
  /** The cell as delivered; null where it was absent. */
  raw_value: z.string().nullable(),
})
export type QuarantineReason = z.infer<typeof reason>

/**
 * open: held back; corrected: mended, valid with its corrections; released: left the quarantine, staged; waived: accepted on purpose;
 * discarded: left out on purpose. What a person did counts at once; `is_waiting` says that readers do not see it yet.
 */
export const rowState = z.enum(['open', 'corrected', 'released', 'waived', 'discarded'])
export type RowState = z.infer<typeof rowState>

export const rowAge = z.enum(['1 day', '7 days', '30 days', 'older'])

/** What narrows the quarantine: values of one facet are alternatives, facets add up. */
const filter = z.object({
  /** All that readers see as held back, where absent. */
  state: z.array(rowState).optional(),
  source: z.array(z.string()).optional(),
  /** `field: rule`, as the facet gives it. */
  reason: z.array(z.string()).optional(),
  field: z.array(z.string()).optional(),
  rule: z.array(z.string()).optional(),
  /** Cells as delivered that broke a rule. */
  value: z.array(z.string()).optional(),
  company: z.array(z.string()).optional(),
  file: z.array(z.string()).optional(),
  /** The run that first saw the row. */
  run: z.array(z.int()).optional(),
  /** By the run that first saw the row, against now. */
  age: z.array(rowAge).optional(),
  /** True: with changes that wait for a replay; false: without. */
  waiting: z.boolean().optional(),
  /** Found anywhere in the raw record or the row id, ignoring case (ASCII). */
  text: z.string().optional(),
})
export type QuarantineFilter = z.infer<typeof filter>

const correctedCell = z.object({
  field: z.string(),
  raw_value: z.string().nullable(),
  new_value: z.string(),
  operation_id: z.int(),
})

const row = z.object({
  id: z.int(),
  source: z.string(),
  row_id: z.string(),
  file: z.string(),
  line: z.int(),
  /** As the record names it, in its normal form where it has one; null where it names none. */
  company: z.string().nullable(),
  state: rowState,
  is_waiting: z.boolean(),
  first_run: z.int(),
  last_run: z.int(),
  times_seen: z.int(),
  /** Why it is (or was) held back, as delivered. */
  reasons: z.array(reason),
  /** The record's columns as delivered; empty for a record that could not be parsed. */
  cells: z.record(z.string(), z.string().nullable()),
  /** Corrections in force. `field` is `row` where the whole record was written anew. */
  corrections: z.array(correctedCell),
})
export type QuarantineRow = z.infer<typeof row>

const facetValue = z.object({ value: z.string(), count: z.int() })
export type FacetValue = z.infer<typeof facetValue>

/** What the record becomes when it is staged; values as a person reads them. */
const typedCell = z.object({ column: z.string(), type: z.enum(columnTypes), value: z.string().nullable() })

/** What the contract says of a record with changed cells. */
const judged = z.object({
  is_valid: z.boolean(),
  reasons: z.array(reason),
  /** Empty where the record is not valid. */
  typed: z.array(typedCell),
})

const suggestion = z.object({
  field: z.string(),
  raw_value: z.string().nullable(),
  new_value: z.string(),
  /** A sentence: why this is likely meant. */
  reason: z.string(),
  /** 0 to 1. */
  confidence: z.number(),
  kind: z.string(),
})
export type RepairSuggestion = z.infer<typeof suggestion>

const historyEntry = z.object({
  at: z.string(),
  run_id: z.int().nullable(),
  operation_id: z.int().nullable(),
  who: z.string(),
  /** A sentence: what happened to the row. */
  what: z.string(),
})

/** Which rows: some, or all that match. */
const target = z.union([z.object({ ids: z.array(z.int()).min(1).max(100_000) }), z.object({ filter })])
export type RowTarget = z.infer<typeof target>

/** How cells are changed; texts are raw cells, as a feed would deliver them. */
const edit = z.discriminatedUnion('kind', [
  /** One row by hand: cells by field, or under `row` the whole record. */
  z.object({ kind: z.literal('cells'), cells: z.record(z.string(), z.string()) }),
  z.object({ kind: z.literal('set'), field: z.string(), value: z.string() }),
  z.object({
    kind: z.literal('replace'),
    field: z.string(),
    find: z.string().min(1),
    with: z.string(),
    is_regex: z.boolean().default(false),
    ignore_case: z.boolean().default(false),
  }),
  /** Every cell that breaks a rule takes its best suggestion, where that is at least this sure. */
  z.object({ kind: z.literal('suggestions'), min_confidence: z.number().min(0).max(1), field: z.string().optional() }),
  /** Variants of a value become one. */
  z.object({ kind: z.literal('merge'), field: z.string(), from: z.array(z.string()).min(1), to: z.string() }),
])
export type CellEdit = z.infer<typeof edit>

const operationKind = z.enum(['correct', 'waive', 'discard', 'undo'])

const operation = z.object({
  operation_id: z.int(),
  kind: operationKind,
  /** A sentence: what was done. */
  what: z.string(),
  who: z.string(),
  at: z.string(),
  reason: z.string(),
  rows: z.int(),
  /** The operation that this one took back. */
  undoes: z.int().nullable(),
  /** The operation that took this one back; null while it is in force. */
  undone_by: z.int().nullable(),
  /** Readers do not see its effect yet. */
  is_waiting: z.boolean(),
})
export type QuarantineOperation = z.infer<typeof operation>

/** waiting: not replayed yet; applied; retired: the source sends a good value now; conflict: it sends a third value; undone. */
const correctionStatus = z.enum(['waiting', 'applied', 'retired', 'conflict', 'undone'])

const correction = z.object({
  id: z.int(),
  operation_id: z.int(),
  source: z.string(),
  /** The record's key, or FILE:LINE where the key is what is broken. */
  identity: z.string(),
  field: z.string(),
  raw_value: z.string().nullable(),
  new_value: z.string(),
  status: correctionStatus,
  /** What the source delivered instead, for `retired` and `conflict`. */
  delivered_value: z.string().nullable(),
  who: z.string(),
  at: z.string(),
  reason: z.string(),
})
export type Correction = z.infer<typeof correction>

const done = z.object({
  operation_id: z.int(),
  /** Rows that the operation is about. */
  rows: z.int(),
  /** Rows of the target that it left alone, and why. */
  left_alone: z.array(z.object({ rows: z.int(), why: z.string() })),
})

/** The first changes of an edit. */
const changeSample = z.array(
  z.object({
    id: z.int(),
    row_id: z.string(),
    field: z.string(),
    before: z.string().nullable(),
    after: z.string(),
    is_valid: z.boolean(),
  }),
)

const change = z.enum(['appeared', 'vanished', 'changed'])
const effect = z.object({
  run_id: z.int(),
  models: z.array(
    z.object({
      name: z.string(),
      layer: z.string(),
      appeared: z.int(),
      vanished: z.int(),
      changed: z.int(),
      columns: z.array(z.object({ name: z.string(), type: z.enum(columnTypes) })),
      /** The first rows of the effect, in the order of `columns`, as a person reads them; before or after is null where there is none. */
      rows: z.array(
        z.object({
          change,
          before: z.array(z.string().nullable()).nullable(),
          after: z.array(z.string().nullable()).nullable(),
        }),
      ),
    }),
  ),
})
export type ReplayEffect = z.infer<typeof effect>

const rule = z.object({ source: z.string(), field: z.string(), from: z.string(), to: z.string() })

const text = (longest: number) => z.string().trim().min(1).max(longest)

export const quarantineMethods = {
  list: method(
    'quarantine.list',
    z.object({
      filter: filter.default({}),
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(1000).default(100),
      sort: z
        .object({
          column: z.enum(['id', 'source', 'row_id', 'first_run', 'company', 'state']),
          direction: z.enum(['asc', 'desc']),
        })
        .default({ column: 'id', direction: 'asc' }),
    }),
    z.object({ rows: z.array(row), total: z.int() }),
  ),
  /** Counts of rows by facet; each facet counts under the filters of the others. */
  facets: method(
    'quarantine.facets',
    z.object({ filter: filter.default({}) }),
    z.object({
      total: z.int(),
      state: z.array(facetValue),
      source: z.array(facetValue),
      reason: z.array(facetValue),
      field: z.array(facetValue),
      rule: z.array(facetValue),
      value: z.array(facetValue),
      company: z.array(facetValue),
      file: z.array(facetValue),
      run: z.array(facetValue),
      age: z.array(facetValue),
      /** Rows that match with changes that wait for a replay. */
      waiting: z.int(),
      /** Contract columns of the sources in view, in contract order, for the grid. */
      columns: z.array(z.string()),
    }),
  ),
  show: method(
    'quarantine.show',
    z.object({ id: z.int() }),
    z.object({
      ...row.shape,
      raw: z.string(),
      byte_offset: z.int(),
      encoding: z.string(),
      /** With the corrections and waivers in force. */
      now: judged,
      waivers: z.array(
        z.object({
          operation_id: z.int(),
          rules: z.array(z.string()),
          who: z.string(),
          expires_on: z.string().nullable(),
        }),
      ),
      suggestions: z.array(suggestion),
      /** Newest last. */
      history: z.array(historyEntry),
    }),
  ),
  /** What the record would be with these cells (by field, or the whole record under `row`); changes nothing. */
  check: method('quarantine.check', z.object({ id: z.int(), cells: z.record(z.string(), z.string()) }), judged),
  /** What an edit would do; changes nothing. */
  preview: method(
    'quarantine.preview',
    z.object({ target, edit }),
    z.object({
      rows: z.int(),
      changed: z.int(),
      become_valid: z.int(),
      still_wrong: z.int(),
      sample: changeSample,
    }),
  ),
  /** Keeps an edit as corrections, keyed to the records; a replay brings them to the models. */
  correct: method(
    'quarantine.correct',
    z.object({ target, edit, reason: z.string().max(1000).default('') }),
    done.extend({ become_valid: z.int() }),
  ),
  /** Accepts rows as they are; those that cannot be typed are left alone. */
  waive: method(
    'quarantine.waive',
    z.object({
      target,
      owner: text(200),
      reason: text(1000),
      /** The first day on which the rows are open again; null for never. */
      expires_on: z
        .string()
        .regex(/^\d{4}-\d{2}-\d{2}$/, 'a day as YYYY-MM-DD')
        .nullable(),
    }),
    done,
  ),
  /** Leaves rows out on purpose. */
  discard: method('quarantine.discard', z.object({ target, reason: text(1000) }), done),
  /** Takes an operation back, the latest in force where none is named; undoing an undo brings the operation back. */
  undo: method(
    'quarantine.undo',
    z.object({ operation_id: z.int().optional() }),
    z.object({
      operation_id: z.int(),
      undone: operation,
      /** Rows that have to be replayed for readers to see it. */
      waiting_ids: z.array(z.int()),
    }),
  ),
  /** All that people did, newest first. */
  operations: method(
    'quarantine.operations',
    z.object({ offset: z.int().min(0).default(0), limit: z.int().min(1).max(1000).default(100) }),
    z.object({ operations: z.array(operation), total: z.int() }),
  ),
  /** The corrections and how they stand against what the source delivers. */
  corrections: method(
    'quarantine.corrections',
    z.object({
      status: z.array(correctionStatus).optional(),
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(1000).default(100),
    }),
    z.object({ corrections: z.array(correction), total: z.int(), conflicts: z.int() }),
  ),
  /** Settles a conflict: the correction holds for the delivered value too, or the source is right and it is taken back. */
  resolve: method(
    'quarantine.resolve',
    z.object({ id: z.int(), keep: z.enum(['correction', 'source']) }),
    z.object({ operation_id: z.int() }),
  ),
  /** How much waits for a replay. */
  waiting: method(
    'quarantine.waiting',
    z.object({}),
    z.object({ rows: z.int(), operations: z.int(), run_id: z.int().nullable() }),
  ),
  /** Starts a replay of some rows, or of all that wait; `preview` builds the effect aside and publishes nothing. */
  replay: method(
    'quarantine.replay',
    z.object({ target: target.optional(), preview: z.boolean().default(false) }),
    z.object({ run_id: z.int() }),
  ),
  /** What a replay did, or would do, to the models. */
  effect: method(
    'quarantine.effect',
    z.object({ run_id: z.int(), limit: z.int().min(1).max(1000).default(50) }),
    effect,
  ),
  clusters: method(
    'quarantine.clusters',
    z.object({
      filter: filter.default({}),
      field: z.string(),
      method: z.enum(['fingerprint', 'ngram_fingerprint', 'levenshtein']),
      radius: z.int().min(1).max(5).default(2),
    }),
    z.object({
      clusters: z.array(
        z.object({
          values: z.array(facetValue),
          suggested: z.string(),
          rows: z.int(),
        }),
      ),
    }),
  ),
  /** Repair rules that the corrections so far suggest. */
  rules: method('quarantine.rules', z.object({}), z.object({ offers: z.array(rule.extend({ times: z.int() })) })),
  /** Every row ever held back that a rule would touch, and what it would become. */
  previewRule: method(
    'quarantine.previewRule',
    rule.extend({ offset: z.int().min(0).default(0), limit: z.int().min(1).max(1000).default(100) }),
    z.object({
      /** The lines that the contract gets. */
      text: z.string(),
      path: z.string(),
      rows: z.array(
        z.object({
          id: z.int(),
          row_id: z.string(),
          state: rowState,
          becomes_valid: z.boolean(),
          reasons: z.array(reason),
        }),
      ),
      total: z.int(),
      become_valid: z.int(),
    }),
  ),
  /** Writes a rule into the project's contract. */
  adoptRule: method('quarantine.adoptRule', rule, z.object({ path: z.string(), line: z.int() })),
  /** Writes open rows to files in the form of their feed with the reasons beside, for their source to mend: one file a source, into the workspace's `exports` unless `out` names a folder. */
  sendBack: method(
    'quarantine.sendBack',
    z.object({
      target: target.default({ filter: {} }),
      format: z.enum(['csv', 'xlsx']).default('xlsx'),
      out: z.string().min(1).optional(),
    }),
    z.object({ files: z.array(z.object({ path: z.string(), source: z.string(), rows: z.int() })) }),
  ),
  /** Takes a mended file (CSV or XLSX) as corrections of the rows that were sent, in one operation; `preview` changes nothing. */
  receive: method(
    'quarantine.receive',
    z.object({
      name: text(255),
      /** In base64; or `path` names the file on the engine's machine. */
      content: z.string().optional(),
      path: z.string().min(1).optional(),
      preview: z.boolean().default(false),
      reason: z.string().max(1000).default(''),
    }),
    z.object({
      /** Rows of the file. */
      rows: z.int(),
      /** Rows that were sent from here and can be mended; nothing is taken of the others. */
      matched: z.int(),
      changed: z.int(),
      become_valid: z.int(),
      still_wrong: z.int(),
      /** The first of the rows that nothing is taken of, by line. */
      unknown: z.array(z.object({ line: z.int(), why: z.string() })),
      sample: changeSample,
      /** Null for a preview, and where nothing changed. */
      operation_id: z.int().nullable(),
    }),
  ),
  views: method('quarantine.views', z.object({}), z.array(z.object({ name: z.string(), filter }))),
  saveView: method('quarantine.saveView', z.object({ name: text(80), filter }), z.null()),
  removeView: method('quarantine.removeView', z.object({ name: text(80) }), z.null()),
}
