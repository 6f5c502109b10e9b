import { z } from 'zod'
import { method } from '#protocol/method'

/** What a gate said of a source's delivery, before anything of it was loaded. */
const gate = z.object({
  run_id: z.int(),
  source: z.string(),
  /** companies: those of the delivery taken together. */
  gate: z.enum(['volume', 'freshness', 'keys', 'schema', 'companies']),
  /** The company whose rows it is about; null where it is about the whole delivery. Of companies are told those that are held, let through, or held no more. */
  company: z.string().nullable(),
  /** quiet: it had nothing to go by yet; allowed: a person let through what it held. */
  status: z.enum(['pass', 'warn', 'held', 'allowed', 'quiet']),
  /** Rows, days, a share of the keys, columns that changed, or companies that are held; null where there was nothing to measure. */
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** The runs whose deliveries it went by. */
  learned_from: z.array(z.int()),
  message: z.string(),
  /** Whether it is held and nobody has let it through yet. */
  is_open: z.boolean(),
})
export type Gate = z.infer<typeof gate>

/** That a person let a held delivery through. */
const override = z.object({
  run_id: z.int(),
  source: z.string(),
  gate: gate.shape.gate,
  company: gate.shape.company,
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  who: z.string(),
  at: z.string(),
  reason: z.string(),
  /** Whether it is what to expect from now on. */
  expected: z.boolean(),
})
export type GateOverride = z.infer<typeof override>

const allowInput = z.object({
  run_id: z.int(),
  /** Only what was held of these companies; null for all that was held. */
  companies: z.array(z.string().trim().min(1)).min(1).max(1000).nullable().default(null),
  reason: z.string().trim().min(1).max(1000),
  /** The gates learn from it: it is a new level. */
  expected: z.boolean().default(false),
})

export const gatesMethods = {
  /** The last runs' gates, newest run first, and who let what through. */
  list: method(
    'gates.list',
    z.object({ limit: z.int().min(1).max(500).default(50) }),
    z.object({ gates: z.array(gate), overrides: z.array(override) }),
  ),
  ofRun: method(
    'gates.ofRun',
    z.object({ run_id: z.int() }),
    z.object({ gates: z.array(gate), overrides: z.array(override) }),
  ),
  /** Lets what the gates of a run held through: the next run of the same files passes them, and any next run shows the companies. */
  allow: method('gates.allow', allowInput, z.object({ allowed: z.array(gate) })),
}
