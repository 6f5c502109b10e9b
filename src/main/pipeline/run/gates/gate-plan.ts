import type { Log } from '../../../kernel/log.ts'
import type { Connection } from '../../../store/database.ts'
import type { Override } from '../../gate/gate-records.ts'

/** What the gates of a run need to know. */
export interface GatePlan {
  readonly connection: Connection
  readonly runId: number
  readonly publishedRun: number
  readonly asOf: number
  /** How many published runs can be gone back to: each needs what its deliveries are compared with. */
  readonly retentionRuns: number
  /** By whom and why all that the gates hold in this run is let through; null where it is not. */
  readonly allowHeld: Override | null
  /** Whether the age of a source is judged of which nothing new came: only where a folder of feeds is read, and nothing is built again. */
  readonly judgesStanding: boolean
  readonly log: Log
}
