import type { Project } from '../../project/project.ts'
import { layers, type Layer } from '../relation/relation-shapes.ts'

/** The layer of a source or a model; the relations of projects that changed since keep the last one. */
export function layerOf(project: Project, relation: string): Layer {
  return project.contracts.has(relation) ? 'source' : (project.models.get(relation)?.layer ?? 'export')
}

/** Where a layer stands on the way from the feeds: what is upstream comes first. */
export function placeOf(layer: Layer): number {
  return layers.indexOf(layer)
}
