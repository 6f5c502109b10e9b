import { existsSync, readdirSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { AppError } from '../../kernel/app-error.ts'
import { parseYaml, readProjectText } from './parse-yaml.ts'
import { modelFile, type ColumnCheck, type ModelConfig } from './project-schema.ts'
import type { Check, Model } from './project.ts'
import { renderSql } from './render-sql.ts'

function invalid(path: string, message: string): AppError {
  return new AppError('PROJECT_INVALID', `${path}: ${message}`, {
    place: { file: path },
    saved: 'No run was started.',
    hint: 'Mend the project file, then start again.',
  })
}

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
    for (const config of parseYaml(readProjectText(path), path, modelFile).models) {
      const sqlPath = sqlPaths.get(config.name)
      if (sqlPath === undefined)
        throw invalid(path, `model ${config.name} has no ${config.name}.sql below ${relative(folder, modelsFolder)}/`)
      if (models.some((model) => model.name === config.name))
        throw invalid(path, `model ${config.name} is described twice`)
      models.push(resolveModel(config, sqlPath, readProjectText(sqlPath), macros, vars, shown))
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
  shown: string,
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
    checks: checksOf(config, shown),
    sql,
    path: sqlPath,
    readsModels: [...readsModels],
    readsSources: [...readsSources],
    partitionBy: config.config.partition_by,
    looksUp: config.config.looks_up,
    lineage: config.config.lineage,
  }
}

/** A variable of the project; `as_of` is the run's as-of date in days, and 0 while the project is only being read. */
export function variable(name: string, vars: Readonly<Record<string, unknown>>, path: string): unknown {
  if (name === 'as_of') return vars['as_of'] ?? 0
  if (!Object.hasOwn(vars, name)) throw invalid(path, `var('${name}') is not in the vars of project.yml`)
  return vars[name]
}

function checksOf(config: ModelConfig, shown: string): readonly Check[] {
  const checks = [
    ...config.columns.flatMap((column) => column.data_tests.map((test) => columnCheck(config.name, column.name, test))),
    ...config.data_tests.map(({ expression_is_true: { name, expression, config: options } }, index): Check => {
      const severity = options.severity ?? 'error'
      return {
        name: `${config.name}.${name ?? `expression_${index + 1}`}`,
        model: config.name,
        column: null,
        severity,
        isBlocking: options.blocking ?? severity === 'error',
        test: { kind: 'expression_is_true', expression },
      }
    }),
  ]
  const twice = checks.find((check, index) => checks.findIndex(({ name }) => name === check.name) < index)
  if (twice !== undefined) throw invalid(shown, `two checks are named ${twice.name}`)
  return checks
}

function columnCheck(model: string, column: string, written: ColumnCheck): Check {
  const test = testOf(written)
  const options = typeof written === 'string' ? {} : Object.values(written)[0]?.config
  const severity = options?.severity ?? 'error'
  return {
    name: `${model}.${column}.${test.kind}`,
    model,
    column,
    severity,
    isBlocking: options?.blocking ?? severity === 'error',
    test,
  }
}

function testOf(written: ColumnCheck): Check['test'] {
  if (written === 'not_null' || written === 'unique') return { kind: written }
  if ('not_null' in written) return { kind: 'not_null' }
  if ('unique' in written) return { kind: 'unique' }
  if ('accepted_values' in written) return { kind: 'accepted_values', values: written.accepted_values.values }
  return { kind: 'relationships', to: written.relationships.to.slice(5, -2), field: written.relationships.field }
}
