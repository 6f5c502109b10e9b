import type { Command } from 'commander'
import { Option } from 'commander'
import { quarantineMethods } from '#features/quarantine'
import { nonEmpty, wholeNumber } from '../../options.ts'
import { count } from '../../output/numbers.ts'
import { printJson, printResult } from '../../output/print.ts'
import { renderTable } from '../../output/table.ts'
import { withEngine } from '../../with-engine.ts'
import { addRequiredWorkspaceOptions } from '../../workspace-options.ts'
import type { WorkspaceOptions } from '../../workspace-options.ts'
import { addFilterOptions, filterOf } from './filter-options.ts'
import type { FilterOptions } from './filter-options.ts'

interface ClustersOptions extends WorkspaceOptions, FilterOptions {
  readonly method: 'fingerprint' | 'ngram_fingerprint' | 'levenshtein'
  readonly radius: number
}

/** Adds `assay quarantine clusters`. */
export function addClustersCommand(quarantine: Command): void {
  const command = addRequiredWorkspaceOptions(
    quarantine
      .command('clusters')
      .description('values of a column that may be variants of one; fix --merge makes them one'),
  )
    .argument('<column>', 'the column', nonEmpty)
    .addOption(
      new Option('--method <method>', 'how values are compared')
        .choices(['fingerprint', 'ngram_fingerprint', 'levenshtein'])
        .default('fingerprint'),
    )
    .option('--radius <n>', 'for levenshtein: how many letters may differ', wholeNumber(1, 5), 2)
  addFilterOptions(command).action(findClusters)
}

async function findClusters(field: string, options: ClustersOptions): Promise<void> {
  const { method, radius } = options
  const filter = filterOf(options)
  const document = await withEngine(options, (engine) =>
    engine.call(quarantineMethods.clusters, { filter, field, method, radius }),
  )
  if (options.json) return printJson(document)
  if (document.clusters.length === 0) return printResult('No values are alike.')
  printResult(
    renderTable(
      [{ title: 'suggested' }, { title: 'rows', align: 'right' }, { title: 'values' }],
      document.clusters.map(({ suggested, rows, values }) => [
        suggested,
        count(rows),
        values.map((one) => `${one.value} (${count(one.count)})`).join('; '),
      ]),
    ),
  )
}
