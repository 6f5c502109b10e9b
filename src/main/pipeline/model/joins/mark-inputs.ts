import { variable } from '../../project/load-models.ts'
import type { Model, Project } from '../../project/project.ts'
import { renderSql } from '../../project/render-sql.ts'
import type { ModelCompiler } from '../compile-model.ts'

/** A model's SELECT with templates rendered, but marks in place of what it reads, so that its own text can be told from theirs. */
export interface MarkedSelect {
  readonly sql: string
  /** The names of what is read, once for each place where it is. */
  readonly inputs: readonly string[]
  /** The text with the names of what is read in place of the marks. */
  named(sql: string): string
  /** The text with the relations of a state of the data in place of the marks. */
  compiled(sql: string, compiler: ModelCompiler): string
  /** The same SELECT, but that in one place of `inputs` only the rows of a condition are read. */
  narrowed(place: number, condition: string): MarkedSelect
}

const mark = /"assay input (\d+)"/g

/** How a place of `inputs` is marked in the text. */
export const markOf = (place: number) => `"assay input ${place}"`

/** Marks what a model reads in its SELECT. */
export function markInputs({ config, macros }: Project, model: Model, asOf: number): MarkedSelect {
  const inputs: { readonly name: string; readonly template: string }[] = []
  const marked = (name: string, template: string) => markOf(inputs.push({ name, template }) - 1)
  const vars = { ...config.vars, as_of: asOf }
  const sql = renderSql(model.sql, macros, model.path, {
    ref: (name) => marked(name, `{{ ref('${name}') }}`),
    source: (group, name) => marked(name, `{{ source('${group}', '${name}') }}`),
    var: (name) => variable(name, vars, model.path),
  })
  const withConditions = (conditions: ReadonlyMap<number, string>): MarkedSelect => ({
    sql,
    inputs: inputs.map(({ name }) => name),
    named: (text) => text.replaceAll(mark, (_, index: string) => inputs[Number(index)]?.name ?? ''),
    compiled: (text, compiler) =>
      text.replaceAll(mark, (_, index: string) => {
        const relation = compiler.render(inputs[Number(index)]?.template ?? '', model.path)
        const condition = conditions.get(Number(index))
        return condition === undefined ? relation : `(SELECT * FROM ${relation} WHERE ${condition})`
      }),
    narrowed: (place, condition) => withConditions(new Map([...conditions, [place, condition]])),
  })
  return withConditions(new Map())
}
