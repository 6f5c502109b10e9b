import { quoteName } from '../../store/database.ts'
import { stagedTableOf } from '../staging/staged-table.ts'
import { variable } from '../project/load-models.ts'
import type { Model, Project } from '../project/project.ts'
import { renderSql } from '../project/render-sql.ts'

/** The state of the data that SQL is compiled for: which row versions count, and the day that counts as today. */
export interface DataState {
  /** A condition on `from_run` and `to_run`. */
  readonly condition: string
  readonly asOf: number
}

/** Compiles models of a project for one state of the data; what they read becomes subqueries over the row versions of that state. */
export interface ModelCompiler {
  /** The SELECT behind a model, as its author wrote it, with templates rendered. */
  select(model: Model): string
  /** A relation to put behind FROM: a model's rows, or an enrichment's. */
  relation(name: string): string
  /** The tables of the workspace that the model reads, views looked through. */
  tablesRead(model: Model): ReadonlySet<string>
}

/** The columns of an enrichment's table. */
export function enrichmentColumns(enrichment: { key: string; fields: readonly string[] }): readonly string[] {
  return [enrichment.key, ...enrichment.fields, 'enrichment_status']
}

/** A compiler for the state `state` of the project's data. */
export function createModelCompiler(project: Project, state: DataState): ModelCompiler {
  const compiled = new Map<string, string>()
  const rowsOf = (table: string, columns: readonly string[]) =>
    `(SELECT ${columns.join(', ')} FROM ${quoteName(table)} WHERE ${state.condition})`

  function source(group: string, name: string): string {
    if (group === 'assay')
      return rowsOf('assay_finding', [
        'row_id',
        'source',
        'field',
        'rule',
        'severity',
        'message',
        'raw_value',
        'is_quarantined',
        'arrival',
        'position',
      ])
    const contract = project.contracts.get(name)
    if (contract === undefined) return quoteName(name)
    const staged = stagedTableOf(contract)
    const own = ['row_id', ...(staged.hasStagedKey ? ['staged_key'] : [])]
    return rowsOf(
      staged.table.name,
      [...contract.staged.map((column) => column.name), ...own].map(quoteName).concat('from_run AS loaded_run_id'),
    )
  }

  function relation(name: string): string {
    const enrichment = project.enrichments.get(name)
    if (enrichment !== undefined) return rowsOf(name, enrichmentColumns(enrichment).map(quoteName))
    const model = project.models.get(name)
    if (model === undefined) return quoteName(name)
    if (model.materialized === 'view') return `(\n${select(model)}\n)`
    return rowsOf(
      name,
      model.columns.map((column) => quoteName(column.name)),
    )
  }

  function select(model: Model): string {
    const known = compiled.get(model.name)
    if (known !== undefined) return known
    const vars = { ...project.config.vars, as_of: state.asOf }
    const sql = renderSql(model.sql, project.macros, model.path, {
      ref: relation,
      source,
      var: (name) => variable(name, vars, model.path),
    })
    compiled.set(model.name, sql)
    return sql
  }

  function tablesRead(model: Model): ReadonlySet<string> {
    const tables = new Set<string>()
    for (const name of model.readsSources) {
      const contract = project.contracts.get(name.slice(name.indexOf('.') + 1))
      tables.add(
        name === 'assay.findings' || contract === undefined ? 'assay_finding' : stagedTableOf(contract).table.name,
      )
    }
    for (const name of model.readsModels) {
      const read = project.models.get(name)
      if (read?.materialized === 'view') for (const table of tablesRead(read)) tables.add(table)
      else tables.add(name)
    }
    return tables
  }

  return { select, relation, tablesRead }
}
