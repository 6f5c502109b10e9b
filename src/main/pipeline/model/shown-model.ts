import type { Model } from '../project/project.ts'

/** The model whose rows a model shows as they are (`SELECT * FROM {{ ref('x') }}`), so that its rows and metrics are that one's; null where it does more. */
export function shownModel(model: Model): string | null {
  const sql = model.sql.replaceAll(/--[^\n]*/g, '').trim()
  return /^select\s+\*\s+from\s+\{\{\s*ref\(\s*'([^']+)'\s*\)\s*\}\}$/i.exec(sql)?.[1] ?? null
}
