import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { AppError } from '../../kernel/app-error.ts'
import { contractFile } from '../contract/contract-schema.ts'
import { resolveContract } from '../contract/resolve-contract.ts'
import { lookupSourcesOf, type SourceContract } from '../contract/source-contract.ts'
import { checkDayInputs } from './check-day-inputs.ts'
import { checkParts } from './check-parts.ts'
import { listFiles, loadModels } from './load-models.ts'
import { loadUnitTests } from './load-unit-tests.ts'
import { invalidAt, readProjectText, readYaml } from './parse-yaml.ts'
import { projectFile } from './project-schema.ts'
import type { Model, Project } from './project.ts'

function invalid(path: string, message: string): AppError {
  return new AppError('PROJECT_INVALID', `${path}: ${message}`, {
    place: { file: path },
    saved: 'No run was started.',
    hint: 'Mend the project, then start again.',
  })
}

/** Reads a project folder and checks it as a whole; every error names the file, and where it can the line and column. */
export function loadProject(projectFolder: string): Project {
  const folder = resolve(projectFolder)
  const path = join(folder, 'project.yml')
  if (!existsSync(path))
    throw new AppError('PROJECT_INVALID', `${folder} is not a project: it has no project.yml.`, {
      place: { file: path },
      saved: 'No run was started.',
      hint: 'Name a folder with project.yml, contracts/ and models/, or leave --project out for the built-in one.',
    })
  const config = readYaml(path, projectFile)
  const contracts = loadContracts(folder, config.aliases)
  const macros = listFiles(join(folder, 'macros'), '.sql').map(readProjectText).join('\n')
  const models = new Map(loadModels(folder, macros, config.vars).map((model) => [model.name, model]))
  const enrichments = new Map(config.enrichments.map((enrichment) => [enrichment.name, enrichment]))
  for (const name of enrichments.keys())
    if (models.has(name)) throw invalid(path, `${name} is both an enrichment and a model`)
  const readsOf = (name: string) => models.get(name)?.readsModels ?? [enrichments.get(name)?.keys.model ?? '']
  checkReferences(models, enrichments, contracts)
  const buildOrder = inOrder([...models.keys(), ...enrichments.keys()].toSorted(), readsOf, folder)
  for (const model of models.values())
    for (const name of model.looksUp)
      if (!readThroughViews(models, model).has(name))
        throw invalid(model.path, `${model.name} says that it looks up ${name}, which it does not read`)
  for (const model of models.values()) checkDayInputs(model, models, contracts)
  checkParts({ models, contracts, enrichments, buildOrder })
  const unitTests = loadUnitTests(folder, models)
  return { folder, config, contracts, enrichments, models, buildOrder, unitTests, macros }
}

function loadContracts(folder: string, aliases: Project['config']['aliases']): ReadonlyMap<string, SourceContract> {
  const contracts = new Map<string, SourceContract>()
  for (const path of listFiles(join(folder, 'contracts'), '.yml')) {
    const contract = resolveContract(readYaml(path, contractFile), aliases, path)
    if (contracts.has(contract.name)) throw invalid(path, `the source ${contract.name} has two contracts`)
    contracts.set(contract.name, contract)
  }
  if (contracts.size === 0) throw invalid(join(folder, 'contracts'), 'the project has no contract, so it has no feeds')
  for (const contract of contracts.values())
    for (const name of lookupSourcesOf(contract))
      if (!contracts.has(name)) throw invalid(folder, `${contract.name} infers from ${name}, which has no contract`)
  const order = inOrder(
    [...contracts.keys()],
    (name) => {
      const contract = contracts.get(name)
      return contract === undefined ? [] : lookupSourcesOf(contract)
    },
    folder,
  )
  return new Map(
    order.flatMap((name) => {
      const contract = contracts.get(name)
      return contract === undefined ? [] : [[name, contract] as const]
    }),
  )
}

function checkReferences(
  models: ReadonlyMap<string, Model>,
  enrichments: Project['enrichments'],
  contracts: ReadonlyMap<string, SourceContract>,
): void {
  const known = (name: string) => models.has(name) || enrichments.has(name)
  for (const model of models.values()) {
    for (const name of model.readsModels)
      if (!known(name)) throw invalid(model.path, `ref('${name}') names no model of the project`)
    for (const name of model.readsSources) {
      const [group, source = ''] = name.split('.')
      if (name !== 'assay.findings' && !(group === 'feeds' && contracts.has(source)))
        throw invalid(model.path, `source('${group}', '${source}') is not a feed of the project`)
    }
    for (const { to } of model.lineage)
      if (!model.readsModels.includes(to) && !model.readsSources.includes(`feeds.${to}`))
        throw invalid(model.path, `the lineage of ${model.name} names ${to}, which it does not read`)
    for (const { name, test, reads, place } of model.checks) {
      for (const read of reads)
        if (!models.has(read)) throw invalidAt(place, `the check ${name} refers to ${read}, which is no model`)
      if (
        test.kind === 'relationships' &&
        models.get(test.to)?.columns.some((column) => column.name === test.field) !== true
      )
        throw invalidAt(place, `the check ${name} refers to ${test.to}.${test.field}, which does not exist`)
    }
  }
  for (const { name, keys } of enrichments.values())
    if (models.get(keys.model)?.columns.some((column) => column.name === keys.column) !== true)
      throw invalid('project.yml', `the enrichment ${name} asks for ${keys.model}.${keys.column}, which does not exist`)
}

/** The models that a model reads, itself or by the views that it reads. */
function readThroughViews(models: ReadonlyMap<string, Model>, model: Model): ReadonlySet<string> {
  const names = new Set(model.readsModels)
  for (const name of model.readsModels) {
    const read = models.get(name)
    if (read?.materialized === 'view') for (const further of readThroughViews(models, read)) names.add(further)
  }
  return names
}

/** Names in an order in which each comes after those it reads; names the circle where there is one. */
function inOrder(
  names: readonly string[],
  readsOf: (name: string) => readonly string[],
  folder: string,
): readonly string[] {
  const ordered: string[] = []
  const visit = (name: string, trail: readonly string[]) => {
    if (ordered.includes(name)) return
    if (trail.includes(name))
      throw invalid(
        folder,
        `these read each other in a circle: ${[...trail.slice(trail.indexOf(name)), name].join(' -> ')}`,
      )
    for (const read of readsOf(name)) visit(read, [...trail, name])
    ordered.push(name)
  }
  for (const name of names) visit(name, [])
  return ordered
}
