import { AppError } from '../../../kernel/app-error.ts'
import { untouched } from '../../../kernel/untouched.ts'
import type { Connection } from '../../../store/database.ts'
import type { SourceContract } from '../../contract/source-contract.ts'
import type { Project } from '../../project/project.ts'

/** What of a contract all staged rows of its source have in common; plain data. */
interface StagedForm {
  readonly key: readonly string[]
  readonly types: Readonly<Record<string, string>>
}

/** The key and the types of the columns that rows are staged by. */
export function formOf({ key, staged }: SourceContract): StagedForm {
  return { key, types: Object.fromEntries(staged.map(({ name, type }) => [name, type])) }
}

/**
 * The sources whose contract has another key, or columns of other types, than their rows are staged by. These must be staged anew from all
 * that was delivered; a run that is no full refresh is refused.
 */
export function reformedSources(plan: {
  readonly connection: Connection
  readonly project: Project
  readonly publishedRun: number
  readonly isRefreshed: boolean
}): ReadonlySet<string> {
  const formBefore = plan.connection
    .prepare('SELECT form FROM assay_run_contract WHERE run_id = ? AND source = ?')
    .pluck()
  const reformed = new Set<string>()
  for (const contract of plan.project.contracts.values()) {
    const before = (formBefore.get(plan.publishedRun, contract.name) ?? null) as string | null
    const difference = before === null ? null : differenceOf(JSON.parse(before) as StagedForm, formOf(contract))
    if (difference === null) continue
    if (!plan.isRefreshed)
      throw new AppError('PROJECT_INVALID', `The contract of ${contract.name} ${difference}.`, {
        place: { table: contract.name },
        saved: untouched,
        hint: 'Run with --full-refresh, which stages all that was ever delivered anew; or put back what the contract said.',
      })
    reformed.add(contract.name)
  }
  return reformed
}

function differenceOf(before: StagedForm, now: StagedForm): string | null {
  if (before.key.join() !== now.key.join())
    return `has another key: ${now.key.join(', ')}; its rows are staged by ${before.key.join(', ')}`
  const column = Object.keys(now.types).find((name) => (before.types[name] ?? now.types[name]) !== now.types[name])
  if (column === undefined) return null
  return `says that ${column} is ${now.types[column]}; its rows are staged with it as ${before.types[column]}`
}
