import { Template } from '@huggingface/jinja'
import { AppError } from '../../kernel/app-error.ts'

/** What the templates of a model may call; the same names as in dbt. */
export interface TemplateFunctions {
  ref(name: string): string
  source(group: string, name: string): string
  var(name: string): unknown
}

/** Renders a model's SQL. The interpreter gives templates no way to reach the program's own objects. */
export function renderSql(sql: string, macros: string, path: string, functions: TemplateFunctions): string {
  try {
    return new Template(`${macros}\n${sql}`)
      .render({
        ...functions,
        config: () => '',
        is_incremental: () => false,
      })
      .trim()
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new AppError(
      'PROJECT_INVALID',
      `${path}: the template cannot be rendered: ${error instanceof Error ? error.message : String(error)}`,
      {
        place: { file: path },
        saved: 'Nothing of this run was published.',
        hint: 'Mend the template or the macro it calls.',
        cause: error,
      },
    )
  }
}
