import type { Log } from '../../../kernel/log.ts'
import type { Connection } from '../../../store/database.ts'
import type { ModelCompiler } from '../../model/compile-model.ts'
import type { Project } from '../../project/project.ts'
import type { Rebuild } from './rebuild.ts'
import type { ProgressTracker } from '../run-progress.ts'

/** A run whose models are built, checked and measured. */
export interface ModelsContext {
  readonly connection: Connection
  readonly runId: number
  readonly publishedRun: number
  readonly project: Project
  readonly compiler: ModelCompiler
  readonly tracker: ProgressTracker
  /** What is built again although nothing of it changed; null for nothing. */
  readonly rebuild: Rebuild | null
  /** The models and enrichments that the run had built before it was broken off and resumed. */
  readonly built: ReadonlySet<string>
  readonly log: Log
}
