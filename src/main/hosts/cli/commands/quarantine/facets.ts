import type { Command } from 'commander'
import type { FacetValue } from '#features/quarantine'
import { quarantineMethods } from '#features/quarantine'
import { count } from '../../output/numbers.ts'
import { printJson, printResult } from '../../output/print.ts'
import { section } from '../../output/table.ts'
import { withEngine } from '../../with-engine.ts'
import { addRequiredWorkspaceOptions } from '../../workspace-options.ts'
import type { WorkspaceOptions } from '../../workspace-options.ts'
import { addFilterOptions, filterOf } from './filter-options.ts'
import type { FilterOptions } from './filter-options.ts'

const facetNames = ['state', 'source', 'reason', 'field', 'rule', 'value', 'company', 'file', 'run', 'age'] as const

/** A person reads no more of one facet; `--json` has all. */
const shownValues = 20
const shownCharacters = 60

/** Adds `assay quarantine facets`. */
export function addFacetsCommand(quarantine: Command): void {
  const command = quarantine.command('facets').description('how many rows each value of each filter has')
  addFilterOptions(addRequiredWorkspaceOptions(command)).action(showFacets)
}

async function showFacets(options: WorkspaceOptions & FilterOptions): Promise<void> {
  const filter = filterOf(options)
  const facets = await withEngine(options, (engine) => engine.call(quarantineMethods.facets, { filter }))
  if (options.json) return printJson(facets)
  printResult(
    [
      `${count(facets.total)} rows, ${count(facets.waiting)} of them with changes that wait for a replay`,
      ...facetNames.flatMap((name) => facetLines(name, facets[name])),
    ].join('\n'),
  )
}

function facetLines(name: string, values: readonly FacetValue[]): readonly string[] {
  const shown = values.slice(0, shownValues).map((one) => [shortened(one.value), count(one.count)])
  const more = values.length - shown.length
  return [
    ...section(name, [{ title: 'value' }, { title: 'rows', align: 'right' }], shown),
    ...(more > 0 ? [`  ${count(more)} more`] : []),
  ]
}

function shortened(text: string): string {
  return text.length > shownCharacters ? `${text.slice(0, shownCharacters)}…` : text
}
