import { createHash } from 'node:crypto'
import { AppError } from '../../kernel/app-error.ts'
import type { Connection } from '../../store/database.ts'
import type { Model } from '../project/project.ts'
import type { TableBuild } from './fill-built.ts'
import type { ModelCompiler } from './compile-model.ts'
import { guardSelect } from './guard-select.ts'
import { cutToDays, type Slice } from './slice-rows.ts'

/** Changes whenever the SQL of a model, as compiled, its columns, or whether its rows are kept change. */
export function fingerprintOf(model: Model, compiler: ModelCompiler): string {
  return createHash('sha256')
    .update(
      JSON.stringify([
        compiler.select(model),
        model.columns,
        model.grain,
        model.checks,
        model.partitionBy,
        model.looksUp,
        ...(model.materialized === 'view' ? ['view'] : []),
        ...(model.eventDate === null || model.eventDate.inputs.length === 0 ? [] : [model.eventDate.inputs]),
      ]),
    )
    .digest('hex')
    .slice(0, 16)
}

/** Checks that the model's SQL is one harmless SELECT and gives the columns that its YAML describes. */
function checkModel(connection: Connection, model: Model, compiler: ModelCompiler): void {
  const select = compiler.select(model)
  guardSelect(connection, select, compiler.tablesRead(model), `The model ${model.name}`, model.path)
  const given = new Set(
    connection
      .prepare(`SELECT * FROM (\n${select}\n)`)
      .columns()
      .map((column) => column.name),
  )
  const missing = model.columns.filter((column) => !given.has(column.name)).map((column) => column.name)
  const unknown = [...given].filter((name) => !model.columns.some((column) => column.name === name))
  if (missing.length === 0 && unknown.length === 0) return
  const parts = [
    missing.length > 0 ? `does not give ${missing.join(', ')}` : '',
    unknown.length > 0 ? `gives ${unknown.join(', ')}, which its .yml does not describe` : '',
  ]
  throw new AppError('PROJECT_INVALID', `The model ${model.name} ${parts.filter(Boolean).join(' and ')}.`, {
    place: { file: model.path, table: model.name },
    saved: 'Nothing of this run was published.',
    hint: 'Bring the SELECT and the columns in the .yml together.',
  })
}

/** How a model of the run is built, or the slice of it that hangs on what changed; a view has nothing to build, and gives null. */
export function planBuild(
  connection: Connection,
  model: Model,
  compiler: ModelCompiler,
  slice: Slice | null,
): TableBuild | null {
  checkModel(connection, model, compiler)
  if (model.materialized === 'view') return null
  const reading = slice === null ? compiler : compiler.narrowed({ slice })
  const select = slice === null ? reading.select(model) : cutToDays(reading.select(model), slice)
  if (slice !== null) guardSelect(connection, select, reading.tablesRead(model), `The model ${model.name}`, model.path)
  return {
    table: {
      name: model.name,
      columns: model.columns.map((column) => ({ name: column.name, isText: column.type === 'text' })),
      key: model.grain,
      indexes: hasOwnIndex(model) ? [model.partitionBy] : [],
    },
    select,
    path: model.path,
    ...(slice === null ? {} : { slice }),
  }
}

/** Whether the rows of a part are not found by the key already. */
function hasOwnIndex({ grain, partitionBy }: Model): boolean {
  return partitionBy.length > 0 && !partitionBy.every((column) => grain.slice(0, partitionBy.length).includes(column))
}
