import type { Workbench } from '../open-workbench.ts'
import { isMeasured } from '../metrics/measured-runs.ts'
import { compareRuns } from './compare-runs.ts'
import { readLabels } from './read-labels.ts'

/**
 * Counts what is unusual in the run that readers see against the one before, and what no one has labelled yet. It is asked for with every
 * change in the workspace, so that the comparison is made anew only once another run is published or a label given.
 */
export function createUnusualCount(workbench: Workbench): () => number {
  let known: { readonly question: string; readonly count: number } | null = null
  return () => {
    const run = workbench.publishedRun()
    const question = `${run} ${isMeasured(workbench.connection, run)} ${readLabels(workbench.connection).version}`
    if (known?.question === question) return known.count
    const differences = compareRuns(workbench, {})?.differences ?? []
    const count = differences.filter(({ level, label }) => level === 'alarm' && label === null).length
    known = { question, count }
    return count
  }
}
