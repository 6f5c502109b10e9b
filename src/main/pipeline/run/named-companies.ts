import { AppError } from '../../kernel/app-error.ts'
import { quoteName, type Connection } from '../../store/database.ts'
import { isLiving } from '../../store/versioned-table.ts'
import { compileForm } from '../contract/compile-form.ts'
import { someOf } from '../gate/words.ts'
import type { Project } from '../project/project.ts'

/** Companies that a person named, in their normal form; refuses what the project does not write as one. `saved`: what is told then. */
export function readCompanies({ contracts, config }: Project, named: readonly string[], saved: string): string[] {
  const field = [...contracts.values()].flatMap(({ fields }) => fields).find(({ name }) => name === config.company)
  const parse = field === undefined ? (text: string) => text : compileForm(field.form)
  return named.map((text) => {
    const company = parse(text.trim())
    if (company === undefined)
      throw new AppError('USAGE', `${text} is not a company as the project ${config.name} writes it.`, {
        place: { field: 'companies' },
        saved,
        hint: 'Companies are written as in the feeds.',
      })
    return String(company)
  })
}

/** Those of the companies that no staged row names: most likely a slip of the pen. */
export function unknownCompanies(
  connection: Connection,
  { contracts, config }: Project,
  companies: readonly string[],
): readonly string[] {
  if (companies.length === 0 || config.company === undefined) return []
  const column = config.company
  const tables = [...contracts.values()].flatMap(({ name, staged }) =>
    staged.some((one) => one.name === column) ? [`staged_${name}`] : [],
  )
  const isThere = connection.prepare('SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = ?)').pluck()
  let unknown = companies
  for (const table of tables) {
    if (unknown.length === 0 || isThere.get(table) === 0) continue
    const known = connection
      .prepare(
        `SELECT DISTINCT CAST(${quoteName(column)} AS TEXT) FROM ${quoteName(table)}
        WHERE ${quoteName(column)} IN (SELECT value FROM json_each(?)) AND ${isLiving}`,
      )
      .pluck()
      .all(JSON.stringify(unknown)) as string[]
    unknown = unknown.filter((company) => !known.includes(company))
  }
  return unknown
}

/** Refuses to build companies again of which there is nothing. */
export function refuseUnknownCompanies(connection: Connection, project: Project, companies: readonly string[]): void {
  const unknown = unknownCompanies(connection, project, companies)
  if (unknown.length === 0) return
  throw new AppError('USAGE', `No staged row is of ${someOf(unknown)}, so there is nothing to build again.`, {
    place: { field: 'companies' },
    saved: 'No run was started.',
    hint: 'Correct or leave out what is not there. Rows that are held back are built once they are released.',
  })
}
