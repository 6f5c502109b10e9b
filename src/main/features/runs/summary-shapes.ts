import { z } from 'zod'
import { errorReport } from '#protocol/error-report'
import { heldPart } from '#protocol/held-part'
import { runStatuses } from '../../kernel/run-status.ts'

export const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a day as YYYY-MM-DD')

/** feeds: read what was delivered; replay: brought what people decided to the models; preview: built the same aside. */
const runKind = z.enum(['feeds', 'replay', 'preview'])

/**
 * What a run was asked for, where `kind` says only how it goes about it. rerun: models built again; backfill: only some companies or days
 * of them; full_refresh: all that was ever delivered read again.
 */
const runPurpose = z.enum([...runKind.options, 'rerun', 'backfill', 'full_refresh'])

const publication = z.object({
  at: z.string(),
  who: z.string(),
  /** publish: it passed its checks; release: a person let it through although it did not; rollback: readers went back or forth to it. */
  kind: z.enum(['publish', 'release', 'rollback']),
  reason: z.string(),
  /** What readers saw before; null where they saw nothing. */
  previous_run: z.int().nullable(),
})
export type Publication = z.infer<typeof publication>

export const runSummary = z.object({
  run_id: z.int(),
  kind: runKind,
  purpose: runPurpose,
  status: z.enum(runStatuses),
  /** True for the one run that readers and exports see now. */
  is_current: z.boolean(),
  /** Published, but readers were taken back to a run before it; one can go forth to it until another run is published. */
  is_rolled_back: z.boolean(),
  /**
   * Rolled back, or blocked by a check, and another run has started since or was brought back: what it wrote is kept, but cannot be looked at
   * before readers are brought forth to it or it is brought back itself.
   */
  is_set_aside: z.boolean(),
  /** What it wrote was taken back for good. */
  is_undone: z.boolean(),
  /** A check blocked it, and its tables lie beside those of the run that readers see: they can be looked at, released or discarded. */
  is_candidate: z.boolean(),
  /** The same, but it is set aside: it can be brought back to be looked at, or released or discarded as it is. */
  can_bring_back: z.boolean(),
  /** A check blocked it, it was taken back, though nobody discarded it, and another run was published since. */
  is_superseded: z.boolean(),
  /** By whom, when and why it was taken back for good; null where nobody did. */
  discarded: z.object({ who: z.string(), at: z.string(), reason: z.string() }).nullable(),
  /** Whether readers can be given this run instead of the current one. */
  can_roll_back: z.boolean(),
  /** It was broken off or blocked, and what it had done is still there to go on with. */
  can_resume: z.boolean(),
  /** What came of going on with it, or with the run that it started over; null where nobody asked for that. */
  resumption: z.string().nullable(),
  /** When readers were given it, and by whose word; oldest first. */
  publications: z.array(publication),
  as_of: day,
  input: z.string(),
  started_at: z.string(),
  started_by: z.string(),
  finished_at: z.string().nullable(),
  /** Since it was last gone on with, where it was. */
  seconds: z.number().nullable(),
  /** By the books, and by the files of sources that have none since nothing of them was loaded. */
  rows_read: z.int(),
  /** inserted + updated + unchanged */
  rows_staged: z.int(),
  rows_quarantined: z.int(),
  /** Rows of all models that readers see, and the change against what they saw in the run published before; null while unknown. */
  rows_published: z.int().nullable(),
  rows_published_change: z.int().nullable(),
  /** How many parts, such as companies, readers see as an earlier run left them: it is published in part. */
  held_parts: z.int(),
  /** The first of them, with what holds them back. */
  held_first: z.array(heldPart),
  error: errorReport.nullable(),
})
export type RunSummary = z.infer<typeof runSummary>
