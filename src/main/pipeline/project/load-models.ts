import { existsSync, readdirSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { openYaml, readProjectText } from './parse-yaml.ts'
import { invalidProject as invalid } from './invalid-project.ts'
import { modelFile, type ModelConfig } from './project-schema.ts'
import type { Model } from './project.ts'
import { renderSql } from './render-sql.ts'
import { resolveChecks, type PlaceInModel } from './resolve-checks.ts'

/** Files below a folder with the extension, sorted by path; links are not followed. */
export function listFiles(folder: string, extension: string): readonly string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(extension))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
}

/** Reads all models of a project: each SQL file and what the YAML beside it says of it. */
export function loadModels(folder: string, macros: string, vars: Readonly<Record<string, unknown>>): readonly Model[] {
  const modelsFolder = join(folder, 'models')
  const sqlPaths = new Map(listFiles(modelsFolder, '.sql').map((path) => [basename(path, '.sql'), path]))
  const models: Model[] = []
  for (const path of listFiles(modelsFolder, '.yml')) {
    const shown = relative(folder, path)
    const { content, placeOf } = openYaml(path, modelFile)
    for (const [index, config] of content.models.entries()) {
      const sqlPath = sqlPaths.get(config.name)
      if (sqlPath === undefined)
        throw invalid(path, `model ${config.name} has no ${config.name}.sql below ${relative(folder, modelsFolder)}/`)
      if (models.some((model) => model.name === config.name))
        throw invalid(path, `model ${config.name} is described twice`)
      models.push(
        resolveModel(config, sqlPath, readProjectText(sqlPath), macros, vars, {
          shown,
          placeOf: (keys) => placeOf(['models', index, ...keys]),
        }),
      )
    }
  }
  for (const [name, path] of sqlPaths)
    if (!models.some((model) => model.name === name))
      throw invalid(path, `no .yml beside it describes the model ${name}`)
  return models
}

function resolveModel(
  config: ModelConfig,
  sqlPath: string,
  sql: string,
  macros: string,
  vars: Readonly<Record<string, unknown>>,
  { shown, placeOf }: { readonly shown: string; readonly placeOf: PlaceInModel },
): Model {
  const names = new Set(config.columns.map((column) => column.name))
  if (names.size !== config.columns.length) throw invalid(shown, `model ${config.name} names a column twice`)
  for (const column of config.config.grain)
    if (!names.has(column))
      throw invalid(shown, `the grain of ${config.name} names ${column}, which is not a column of it`)
  for (const column of config.config.partition_by)
    if (!names.has(column))
      throw invalid(shown, `partition_by of ${config.name} names ${column}, which is not a column of it`)
  if (config.config.looks_up.length > 0 && config.config.materialized !== 'view')
    throw invalid(shown, `${config.name} has looks_up, which is for views: a table holds what it looked up`)
  const readsModels = new Set<string>()
  const readsSources = new Set<string>()
  renderSql(sql, macros, sqlPath, {
    ref: (name) => (readsModels.add(name), name),
    source: (group, name) => (readsSources.add(`${group}.${name}`), name),
    var: (name) => variable(name, vars, sqlPath),
  })
  return {
    name: config.name,
    description: config.description,
    layer: config.config.layer,
    materialized: config.config.materialized,
    grain: config.config.grain,
    columns: config.columns.map((column) => ({
      name: column.name,
      type: column.data_type,
      description: column.description,
      isHidden: column.hidden,
    })),
    checks: resolveChecks(config, placeOf),
    sql,
    path: sqlPath,
    readsModels: [...readsModels],
    readsSources: [...readsSources],
    partitionBy: config.config.partition_by,
    looksUp: config.config.looks_up,
    eventDate: eventDateOf(config, shown),
    guard: {
      maxGrowth: config.config.guard.max_growth,
      maxSeconds: config.config.guard.max_seconds ?? null,
      severity: config.config.guard.severity ?? null,
    },
    lineage: config.config.lineage,
  }
}

function eventDateOf({ name, config, columns }: ModelConfig, shown: string): Model['eventDate'] {
  const { event_date: given } = config
  if (given === undefined) return null
  if (columns.find((column) => column.name === given.column)?.data_type !== 'date')
    throw invalid(shown, `event_date of ${name} names ${given.column}, which is not a date among its columns`)
  const inputs = given.inputs.map(({ to, column, looks_back: looksBack }) => ({ to, column, looksBack }))
  return { column: given.column, looksBack: given.looks_back, inputs }
}

/** A variable of the project; `as_of` is the run's as-of date in days, and 0 while the project is only being read. */
export function variable(name: string, vars: Readonly<Record<string, unknown>>, path: string): unknown {
  if (name === 'as_of') return vars['as_of'] ?? 0
  if (!Object.hasOwn(vars, name)) throw invalid(path, `var('${name}') is not in the vars of project.yml`)
  return vars[name]
}
