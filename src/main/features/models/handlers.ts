import type { HandlersFor } from '#protocol/method'
import { inSnapshot } from '../../store/database.ts'
import type { EngineContext } from '../context.ts'
import { listEdges, listNodes } from './graph.ts'
import { findTouched } from './lineage/find-touched.ts'
import { showRecord } from './lineage/show-record.ts'
import { traceRow } from './lineage/trace-row.ts'
import type { modelsMethods } from './protocol.ts'
import { profileModel } from './profile/profile-model.ts'
import { readRows } from './read-rows.ts'
import { showModel } from './show-model.ts'
import { candidateState, latestState, publishedState } from '../../pipeline/run/relation/relation.ts'

/** Answers what is asked about sources and models and their published rows. */
export function modelsHandlers({ workbench }: EngineContext): HandlersFor<typeof modelsMethods> {
  const { connection } = workbench

  const stateOf = (state: 'published' | 'latest' | undefined) =>
    state === 'latest' ? latestState(workbench) : publishedState(workbench)

  return {
    graph: () => ({ nodes: listNodes(workbench), edges: listEdges(workbench) }),
    show: ({ name }) => inSnapshot(connection, () => showModel(workbench, name)),
    rows: (input) =>
      inSnapshot(connection, () => {
        const isPublished = input.state === 'published'
        const relation = (isPublished ? publishedState(workbench) : candidateState(workbench)).relationOf(input.name)
        if (isPublished && workbench.publishedRun() === 0)
          return { columns: [...relation.columns], rows: [], keys: [], total: 0 }
        return readRows(connection, relation, input)
      }),
    lineage: ({ name, key, state }) =>
      inSnapshot(connection, () => traceRow(workbench, name, key, { state: stateOf(state) })),
    record: ({ source, key, state }) =>
      inSnapshot(connection, () => showRecord(workbench, source, key, stateOf(state))),
    profile: ({ name, run_id: runId, ...counts }) =>
      inSnapshot(connection, () => profileModel(workbench, name, runId ?? null, counts)),
    touched: ({ id }) => inSnapshot(connection, () => findTouched(workbench, id)),
  }
}
