import type { Command } from 'commander'
import type { RepairSuggestion } from '#features/quarantine'
import { quarantineMethods } from '#features/quarantine'
import { wholeNumber } from '../../options.ts'
import { printJson, printResult } from '../../output/print.ts'
import { section } from '../../output/table.ts'
import { withEngine } from '../../with-engine.ts'
import { addRequiredWorkspaceOptions } from '../../workspace-options.ts'
import type { WorkspaceOptions } from '../../workspace-options.ts'

/** Adds `assay quarantine suggest`. */
export function addSuggestCommand(quarantine: Command): void {
  addRequiredWorkspaceOptions(
    quarantine.command('suggest').description('what the broken cells of a row may have been meant to be'),
  )
    .argument('<id>', 'id of the row, as the list shows it', wholeNumber(1, Number.MAX_SAFE_INTEGER))
    .action(suggest)
}

async function suggest(id: number, options: WorkspaceOptions): Promise<void> {
  const { suggestions } = await withEngine(options, (engine) => engine.call(quarantineMethods.show, { id }))
  if (options.json) return printJson({ id, suggestions })
  printResult(suggestionLines(suggestions).join('\n').trimStart() || 'Nothing is likely enough to be suggested.')
}

/** Suggestions as a table under a heading. */
export function suggestionLines(suggestions: readonly RepairSuggestion[]): readonly string[] {
  return section(
    'Suggestions',
    [
      { title: 'field' },
      { title: 'as delivered' },
      { title: 'suggested' },
      { title: 'sure', align: 'right' },
      { title: 'why' },
    ],
    suggestions.map(({ field, raw_value, new_value, confidence, reason }) => [
      field,
      raw_value ?? '',
      new_value,
      `${Math.round(confidence * 100)}%`,
      reason,
    ]),
  )
}
