import { AppError } from '../../../kernel/app-error.ts'
import { variable } from '../../../pipeline/project/load-models.ts'
import type { Project } from '../../../pipeline/project/project.ts'
import { renderSql } from '../../../pipeline/project/render-sql.ts'
import { quoteName } from '../../../store/database.ts'
import type { PublishedState, Relation } from '../../../pipeline/run/relation/relation.ts'

/**
 * The SQL by which a row `r` of a reader and a row `s` of what it reads belong together: what the model's lineage says, else equality
 * on the key columns of either that both have, or on the model's partition; null where they have nothing in common.
 */
export function joinCondition(
  project: Project,
  state: PublishedState,
  reader: Relation,
  read: Relation,
): string | null {
  const enrichment = project.enrichments.get(reader.name)
  if (enrichment !== undefined) return `s.${quoteName(enrichment.keys.column)} = r.${quoteName(enrichment.key)}`
  const model = project.models.get(reader.name)
  const declared = model?.lineage.find((rule) => rule.to === read.name)
  if (model !== undefined && declared !== undefined) {
    const vars = { ...project.config.vars, as_of: state.asOf }
    const refuse = (name: string): never => {
      throw new AppError(
        'PROJECT_INVALID',
        `The lineage of ${model.name} may not read ${name}: it knows r and s alone.`,
        {
          place: { file: model.path },
          hint: 'Write it as a condition on r, the row of the model, and s, a row of what it reads.',
        },
      )
    }
    return renderSql(declared.on, project.macros, model.path, {
      ref: refuse,
      source: (_group, name) => refuse(name),
      var: (name) => variable(name, vars, model.path),
    })
  }
  const keys = sharedOf(
    reader,
    read,
    [...reader.key, ...read.key].map((column) => column.name),
  )
  const shared = keys.length > 0 ? keys : sharedOf(reader, read, model?.partitionBy ?? [])
  return shared.length === 0 ? null : shared.map((name) => `s.${quoteName(name)} = r.${quoteName(name)}`).join(' AND ')
}

function sharedOf(reader: Relation, read: Relation, names: readonly string[]): readonly string[] {
  return [...new Set(names)].filter((name) => reader.allColumns.includes(name) && read.allColumns.includes(name))
}
