import type { Command } from 'commander'
import { quarantineMethods } from '#features/quarantine'
import { count } from '../../output/numbers.ts'
import { printJson, printResult } from '../../output/print.ts'
import { renderTable } from '../../output/table.ts'
import { withEngine } from '../../with-engine.ts'
import { addRequiredWorkspaceOptions } from '../../workspace-options.ts'
import type { WorkspaceOptions } from '../../workspace-options.ts'

/** Adds `assay quarantine rules`. */
export function addRulesCommand(quarantine: Command): void {
  addRequiredWorkspaceOptions(
    quarantine.command('rules').description('repair rules that the corrections so far suggest'),
  ).action(listRules)
}

async function listRules(options: WorkspaceOptions): Promise<void> {
  const document = await withEngine(options, (engine) => engine.call(quarantineMethods.rules, {}))
  if (options.json) return printJson(document)
  if (document.offers.length === 0) return printResult('No corrections are alike so often that they suggest a rule.')
  printResult(
    renderTable(
      [
        { title: 'source' },
        { title: 'field' },
        { title: 'from' },
        { title: 'to' },
        { title: 'corrected', align: 'right' },
      ],
      document.offers.map(({ source, field, from, to, times }) => [source, field, from, to, count(times)]),
    ),
  )
}
