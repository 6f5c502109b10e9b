import { z } from 'zod'
import { method } from '#protocol/method'
import { target, edit, operation, correctionStatus, correction, done, changeSample, effect } from './decision-shapes.ts'
import { reason, rowState, filter, row, facetValue, judged, suggestion, historyEntry } from './row-shapes.ts'

export { rowAge, rowState } from './row-shapes.ts'
export type { RowTarget, CellEdit, QuarantineOperation, Correction, ReplayEffect } from './decision-shapes.ts'
export type {
  QuarantineReason,
  RowState,
  QuarantineFilter,
  QuarantineRow,
  FacetValue,
  RepairSuggestion,
} from './row-shapes.ts'

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
    z.object({
      rows: z.int(),
      operations: z.int(),
      /** Sources whose contract says other things than it did for the published run, a new repair rule for one. */
      changed_contracts: z.int(),
      run_id: z.int().nullable(),
    }),
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
