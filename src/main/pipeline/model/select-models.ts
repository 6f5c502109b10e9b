import { AppError } from '../../kernel/app-error.ts'
import type { Project } from '../project/project.ts'

/** `model`, `+model`, `model+`, `+model+`; a number beside a plus is how many steps are gone. */
const selectorForm = /^(?<up>(?<upSteps>\d*)\+)?(?<name>[^+]+?)(?<down>\+(?<downSteps>\d*))?$/

/** The models that selectors as dbt writes them choose, all of them together: by their name, or by that of their stage. Any other name is refused. */
export function selectModels(project: Project, selectors: readonly string[]): ReadonlySet<string> {
  const chosen = new Set<string>()
  const parents = (name: string) => parentsOf(project, name)
  const children = (name: string) => project.buildOrder.filter((other) => parentsOf(project, other).includes(name))
  for (const selector of selectors.flatMap((text) => text.split(/\s+/)).filter((text) => text !== '')) {
    const { name = '', up, upSteps, down, downSteps } = selectorForm.exec(selector)?.groups ?? {}
    const named = project.models.has(name) ? [name] : stageOf(project, name)
    if (named.length === 0) throw unknown(project, selector, name)
    for (const model of named) {
      chosen.add(model)
      if (up !== undefined) reach(model, stepsOf(upSteps), parents, chosen)
      if (down !== undefined) reach(model, stepsOf(downSteps), children, chosen)
    }
  }
  return new Set([...chosen].filter((name) => project.models.has(name)))
}

/** The models of a stage, such as staging. */
function stageOf(project: Project, name: string): readonly string[] {
  return [...project.models.values()].flatMap((model) => (model.layer === name ? [model.name] : []))
}

/** A model that selectors name is above others where these read it, or an enrichment that asks about its keys. */
function parentsOf(project: Project, name: string): readonly string[] {
  const enrichment = project.enrichments.get(name)
  return enrichment === undefined ? (project.models.get(name)?.readsModels ?? []) : [enrichment.keys.model]
}

const stepsOf = (text: string | undefined) => (text === undefined || text === '' ? Infinity : Number(text))

function reach(from: string, steps: number, next: (name: string) => readonly string[], chosen: Set<string>): void {
  const seen = new Set<string>([from])
  let edge = [from]
  for (let step = 0; step < steps && edge.length > 0; step += 1) {
    edge = [...new Set(edge.flatMap((name) => next(name)))].filter((name) => !seen.has(name))
    for (const name of edge) {
      seen.add(name)
      chosen.add(name)
    }
  }
}

function unknown(project: Project, selector: string, name: string): AppError {
  return new AppError(
    'USAGE',
    `--select ${selector}: the project ${project.config.name} has no model ${name || selector}, nor a stage of that name.`,
    {
      saved: 'No run was started.',
      hint: `Its models: ${[...project.models.keys()].join(', ')}. A stage, such as mart, stands for all its models. A plus before or behind a name takes what it reads, or what reads it.`,
    },
  )
}
