import { join, relative } from 'node:path'
import { invalidProject } from './invalid-project.ts'
import { listFiles } from './load-models.ts'
import { referredModel } from './name-schema.ts'
import { readYaml } from './parse-yaml.ts'
import { modelFile } from './project-schema.ts'
import type { GivenRows, Model, UnitTest } from './project.ts'

/** Reads the unit tests of a project's models from the .yml files beside them. */
export function loadUnitTests(folder: string, models: ReadonlyMap<string, Model>): readonly UnitTest[] {
  const tests: UnitTest[] = []
  for (const path of listFiles(join(folder, 'models'), '.yml')) {
    const shown = relative(folder, path)
    for (const written of readYaml(path, modelFile).unit_tests) {
      const model = models.get(written.model)
      if (model === undefined)
        throw invalidProject(shown, `the unit test ${written.name} is of ${written.model}, which is not a model`)
      if (tests.some(({ name, model: of }) => name === written.name && of === written.model))
        throw invalidProject(shown, `two unit tests of ${written.model} are named ${written.name}`)
      const given = written.given.map(({ input, rows }): GivenRows => {
        const source = /^source\('([a-z0-9_]+)', ?'([a-z0-9_]+)'\)$/.exec(input)
        const [group = null, name = referredModel(input)] = source === null ? [] : source.slice(1)
        const isRead =
          group === null ? model.readsModels.includes(name) : model.readsSources.includes(`${group}.${name}`)
        if (!isRead)
          throw invalidProject(
            shown,
            `the unit test ${written.name} gives ${input}, which ${written.model} does not read`,
          )
        return { group, name, rows }
      })
      for (const row of written.expect.rows)
        for (const column of Object.keys(row))
          if (!model.columns.some(({ name }) => name === column))
            throw invalidProject(
              shown,
              `the unit test ${written.name} expects ${column}, which is not a column of ${model.name}`,
            )
      tests.push({
        name: written.name,
        description: written.description,
        model: written.model,
        severity: written.config.severity,
        vars: written.overrides.vars,
        given,
        expected: written.expect.rows,
        path: shown,
      })
    }
  }
  return tests
}
