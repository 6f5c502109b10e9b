import { modelsHandlers } from '../../../src/main/features/models/handlers.ts'
import { traceRow } from '../../../src/main/features/models/lineage/trace-row.ts'
import type {
  LineageStep,
  ModelCell,
  ModelColumn,
  RowKey,
  TracedRow,
} from '../../../src/main/features/models/protocol.ts'
import { openWorkbench, type Workbench } from '../../../src/main/pipeline/run/open-workbench.ts'
import { engineContext } from '../../helpers/engine-context.ts'
import { benefits } from '../../helpers/feeds.ts'

export interface LineageWorld {
  readonly workbench: Workbench
  readonly models: ReturnType<typeof modelsHandlers>
  /** The published rows of a model with their keys, by column. */
  rows(name: string, most?: number): readonly NamedRow[]
  /** The step of a row's lineage that leads from one model to another, with all of its rows. */
  step(name: string, key: RowKey, via: string, model: string): LineageStep
}

export interface NamedRow {
  readonly key: RowKey
  readonly cells: Readonly<Record<string, ModelCell>>
}

/** A published workspace, to be asked where its rows came from. */
export function openLineage(workspaceFolder: string, projectFolder = benefits): LineageWorld {
  const workbench = openWorkbench({ projectFolder, workspaceFolder, create: false })
  const models = modelsHandlers(engineContext(workbench))
  return {
    workbench,
    models,
    rows(name, most = 100_000) {
      const found: NamedRow[] = []
      while (found.length < most) {
        const limit = Math.min(1000, most - found.length)
        const page = models.rows({ name, state: 'published', offset: found.length, limit, sort: [], filters: [] })
        if (page instanceof Promise) throw new Error('rows are read at once')
        found.push(
          ...page.rows.map((cells, index) => ({ key: page.keys[index] ?? {}, cells: byColumn(page.columns, cells) })),
        )
        if (page.rows.length < limit) break
      }
      return found
    },
    step(name, key, via, model) {
      const step = traceRow(workbench, name, key, { rowsShown: 100_000 }).steps.find(
        (each) => each.via === via && each.model === model,
      )
      if (step === undefined) throw new Error(`no step from ${via} to ${model}`)
      return step
    },
  }
}

/** The rows of a step by column. */
export function namedRows({
  columns,
  rows,
}: {
  readonly columns: readonly ModelColumn[]
  readonly rows: readonly TracedRow[]
}) {
  return rows.map((row) => ({ ...row, cells: byColumn(columns, row.cells) }))
}

function byColumn(columns: readonly ModelColumn[], cells: readonly ModelCell[]): Record<string, ModelCell> {
  return Object.fromEntries(columns.map(({ name }, index) => [name, cells[index] ?? null]))
}

/** Integer cents of an amount as a person reads it. */
export function cents(amount: ModelCell | undefined): number {
  return Math.round(Number(amount) * 100)
}
