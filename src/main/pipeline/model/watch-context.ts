import type { Connection } from '../../store/database.ts'
import type { Project } from '../project/project.ts'
import type { ModelCompiler } from './compile-model.ts'

/** The run whose models are watched. */
export interface WatchContext {
  readonly connection: Connection
  readonly runId: number
  readonly publishedRun: number
  readonly project: Project
  readonly compiler: ModelCompiler
}

/** A model as it was built. */
export interface BuiltModel {
  readonly scope: 'whole' | 'part'
  readonly rows: number
  readonly previousRows: number | null
  readonly seconds: number
  /** For the rows that were built: all of them, or a slice. */
  readonly compiler: ModelCompiler
}

/** Rows of an input in the run, and how many more they are than before. */
export interface InputRows {
  readonly name: string
  readonly rows: number
  readonly added: number
}
