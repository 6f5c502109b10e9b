import { candidateRunOf } from '../../src/main/pipeline/run/publish/candidates.ts'
import { createModelCompiler } from '../../src/main/pipeline/model/compile-model.ts'
import { createRelationMeter, type MeteredColumn } from '../../src/main/pipeline/metric/measure-relation.ts'
import { readMeasured } from '../../src/main/pipeline/metric/metric-records.ts'
import { shownModel } from '../../src/main/pipeline/model/shown-model.ts'
import { openWorkbench, type Workbench } from '../../src/main/pipeline/run/open-workbench.ts'
import { stagedTableOf } from '../../src/main/pipeline/staging/staged-table.ts'
import { isLiving } from '../../src/main/store/versioned-table.ts'
import { benefits } from './feeds.ts'
import { expectSameMetrics } from './measured.ts'

/** Expects the living metrics of every source and model to be those measured anew from the tables; of the candidate where there is one. */
export function expectMetricsOfTables(workspace: string, projectFolder = benefits): void {
  const workbench = openWorkbench({ projectFolder, workspaceFolder: workspace, create: false })
  try {
    for (const { name, columns, relation } of subjectsOf(workbench)) {
      const { connection, project } = workbench
      const measured = readMeasured(connection, name)
      if (measured === undefined) throw new Error(`${name} was not measured`)
      const meter = createRelationMeter(columns, project.config.company ?? null)
      meter.add(connection, relation, 1)
      expectSameMetrics(
        measured,
        meter.take(() => ({ min: null, max: null })),
        name,
      )
    }
  } finally {
    workbench.close()
  }
}

interface Subject {
  readonly name: string
  readonly columns: readonly MeteredColumn[]
  readonly relation: string
}

function subjectsOf({ connection, project, publishedCompiler }: Workbench): readonly Subject[] {
  const candidate = candidateRunOf(connection)
  const dayOf = connection.prepare('SELECT as_of FROM assay_run WHERE run_id = ?').pluck()
  const compiler =
    candidate === null
      ? publishedCompiler()
      : createModelCompiler(project, { condition: isLiving, asOf: Number(dayOf.get(candidate)) })
  const sources = [...project.contracts.values()].map((contract) => ({
    name: contract.name,
    columns: contract.staged.map(({ name, type }) => ({ name, type })),
    relation: `(SELECT * FROM "${stagedTableOf(contract).table.name}" WHERE to_run IS NULL)`,
  }))
  const models = [...project.models.values()]
    .filter((model) => shownModel(model) === null)
    .map((model) => ({
      name: model.name,
      columns: model.columns.filter(({ isHidden, name }) => !isHidden && name !== 'row_id'),
      relation: compiler.relation(model.name),
    }))
  return [...sources, ...models]
}
