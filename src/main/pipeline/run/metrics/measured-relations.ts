import type { ModelChanges } from '../models/build-models.ts'
import type { ModelsContext } from '../models/models-context.ts'
import { versionsOf, countAddedAndClosed, isSeenByInParts } from '../../../store/versioned-table.ts'
import type { MeteredColumn } from '../../metric/measure-relation.ts'
import type { Model, Project } from '../../project/project.ts'
import { stagedTableOf } from '../../staging/staged-table.ts'
import type { SourceContract } from '../../contract/source-contract.ts'

/** Rows that a run added to a relation and took from it, as relations in SQL, and about how many they are. */
export interface RelationChange {
  readonly added: string
  readonly closed: string
  readonly size: number
}

/** What is measured of a source or a model, and what the run did to it. */
export interface MeasuredSubject {
  readonly name: string
  readonly columns: readonly MeteredColumn[]
  readonly grain: readonly string[]
  /** All rows, to put behind FROM. */
  readonly relation: string
  /** The table that holds its rows; null for a view. */
  readonly table: string | null
  /** none: its rows are what they were; whole: what changed is not told. */
  readonly change: 'none' | 'whole' | RelationChange
}

/** Where a row came from is no value of it. */
const unmeasured: ReadonlySet<string> = new Set(['row_id'])

/** A source's staged rows. */
export function sourceSubject({ connection, runId }: ModelsContext, contract: SourceContract): MeasuredSubject {
  const staged = stagedTableOf(contract)
  const table = staged.table.name
  return {
    name: contract.name,
    columns: contract.staged.map(({ name, type }) => ({ name, type })),
    grain: staged.key,
    relation: `(SELECT * FROM "${table}" WHERE to_run IS NULL)`,
    table,
    change: changeOfTable(connection, runId, table),
  }
}

/** A model's rows; `compiler` says which of them count. */
export function modelSubject(
  context: ModelsContext,
  { effects, touched }: ModelChanges,
  model: Model,
): MeasuredSubject {
  const { connection, runId, publishedRun, project, compiler } = context
  const subject = {
    name: model.name,
    columns: model.columns.filter(({ isHidden, name }) => !isHidden && !unmeasured.has(name)),
    grain: model.grain,
    relation: compiler.relation(model.name),
    table: model.materialized === 'table' ? model.name : null,
  }
  if (model.materialized === 'table') return { ...subject, change: changeOfTable(connection, runId, model.name) }
  if (looksUpWhatChanged(project, effects.isChanged, model)) return { ...subject, change: 'whole' }
  const effect = touched.get(model.name)
  if (effect === undefined || effect.kind === 'whole')
    return { ...subject, change: effect === undefined ? 'none' : 'whole' }
  const { slice, values } = effect
  const before = compiler.narrowed({ slice, condition: isSeenByInParts(publishedRun) })
  return {
    ...subject,
    change: {
      added: compiler.narrowed({ slice }).relation(model.name),
      closed: before.relation(model.name),
      size: values,
    },
  }
}

function changeOfTable(
  connection: ModelsContext['connection'],
  runId: number,
  table: string,
): MeasuredSubject['change'] {
  const versions = versionsOf(connection, runId, table)
  const { added, closed } = countAddedAndClosed(connection, runId, table)
  return versions === null || added + closed === 0 ? 'none' : { ...versions, size: added + closed }
}

/** Whether values of a view's rows may be other ones although none of its parts is touched. */
function looksUpWhatChanged(project: Project, isChanged: (name: string) => boolean, model: Model): boolean {
  if (model.looksUp.some(isChanged)) return true
  return model.readsModels.some((name) => {
    const read = project.models.get(name)
    return (
      read?.materialized === 'view' && !model.looksUp.includes(name) && looksUpWhatChanged(project, isChanged, read)
    )
  })
}

/** How many rows a model has after the run. */
export function rowsOf({ connection, runId }: ModelsContext, model: string): number {
  return Number(
    connection.prepare('SELECT rows FROM assay_run_model WHERE run_id = ? AND model = ?').pluck().get(runId, model),
  )
}
