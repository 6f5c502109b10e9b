import type { HandlersFor } from '#protocol/method'
import { AppError } from '../../kernel/app-error.ts'
import type { EngineContext } from '../context.ts'
import type { quarantineMethods } from './protocol.ts'
import { countFacets, listQuarantine, readQuarantined } from './queries.ts'

/** Answers what is asked about rows held back. */
export function quarantineHandlers({ workbench }: EngineContext): HandlersFor<typeof quarantineMethods> {
  const { connection, project } = workbench
  return {
    list: ({ filter, ...page }) => listQuarantine(connection, filter, page, workbench.publishedRun()),
    facets({ filter }) {
      const counts = countFacets(connection, filter, workbench.publishedRun())
      const inView = filter.source?.length ? filter.source : counts.source.map(({ value }) => value)
      const columns = [...project.contracts.values()]
        .filter((contract) => inView.includes(contract.name))
        .flatMap((contract) => contract.fields.map((field) => field.name))
      return { ...counts, columns: [...new Set(columns)] }
    },
    show({ id }) {
      const row = readQuarantined(connection, id, workbench.publishedRun())
      if (row === undefined)
        throw new AppError('NOT_FOUND', `There is no quarantined row ${id}.`, {
          hint: 'The rows that there are: assay quarantine list.',
        })
      const { isOpen, ...shown } = row
      return { ...shown, state: isOpen ? 'open' : 'released' }
    },
  }
}
