import type { HandlersFor } from '#protocol/method'
import { userName } from '../../kernel/user-name.ts'
import { loadProject } from '../../pipeline/project/load-project.ts'
import { adoptCheck } from '../../pipeline/run/comparison/adopt-check.ts'
import { compareColumn } from '../../pipeline/run/comparison/compare-column.ts'
import { compareRelation } from '../../pipeline/run/comparison/compare-relation.ts'
import { compareRuns } from '../../pipeline/run/comparison/compare-runs.ts'
import { listComparedRuns } from '../../pipeline/run/comparison/compared-runs.ts'
import { labelRun, listLabels } from '../../pipeline/run/comparison/label-run.ts'
import { readSeries, readSparklines } from '../../pipeline/run/comparison/read-series.ts'
import { suggestChecks } from '../../pipeline/run/comparison/suggest-checks.ts'
import type { Workbench } from '../../pipeline/run/open-workbench.ts'
import { inSnapshot } from '../../store/database.ts'
import type { EngineContext } from '../context.ts'
import type { compareMethods } from './protocol.ts'

/** Answers what is asked about how two runs differ, and learns what people say of it. */
export function compareHandlers({ workbench, announce }: EngineContext): HandlersFor<typeof compareMethods> {
  const { connection } = workbench
  // The project as its files are now: what was adopted a moment ago is not suggested again.
  const asWritten = (): Workbench => ({ ...workbench, project: loadProject(workbench.project.folder) })
  return {
    runs: () => listComparedRuns(connection),
    overview: (pair) => compareRuns(workbench, pair),
    relation: (asked) => compareRelation(workbench, asked),
    column: (asked) => inSnapshot(connection, () => compareColumn(workbench, asked)),
    series: ({ limit, ...key }) => inSnapshot(connection, () => readSeries(workbench, key, limit)),
    sparklines: ({ keys, limit }) => inSnapshot(connection, () => readSparklines(workbench, keys, limit)),
    label(input) {
      labelRun(connection, input, userName())
      announce('a run was labelled')
      return null
    },
    labels: () => listLabels(connection),
    suggestions: () =>
      suggestChecks(asWritten()).map(({ id, model, column, because, yaml, runs }) => ({
        id,
        model,
        column,
        because,
        yaml,
        runs,
      })),
    adopt({ id }) {
      const place = adoptCheck(asWritten(), id)
      announce('a check was added to the project')
      return place
    },
  }
}
