import type { Command } from 'commander'
import { compareMethods } from '#features/compare'
import { nonEmpty } from '../../options.ts'
import { printJson, printResult } from '../../output/print.ts'
import { renderTable } from '../../output/table.ts'
import { withEngine } from '../../with-engine.ts'
import { addWorkspaceOptions, type WorkspaceOptions } from '../../workspace-options.ts'

/** Adds `assay checks suggest`: checks that history shows and the project does not have; `--adopt` writes one into it. */
export function addSuggestCommand(checks: Command): void {
  addWorkspaceOptions(
    checks.command('suggest').description('checks that hold in all of history and that the project lacks'),
  )
    .option('--adopt <id>', 'write this one into the project', nonEmpty)
    .action(suggest)
}

async function suggest(options: WorkspaceOptions & { readonly adopt?: string }): Promise<void> {
  const { adopt } = options
  await withEngine(options, async (engine) => {
    if (adopt !== undefined) {
      const place = await engine.call(compareMethods.adopt, { id: adopt })
      if (options.json) printJson(place)
      else printResult(`Written to ${place.path}, line ${place.line}. The next run checks it.`)
      return
    }
    const suggestions = await engine.call(compareMethods.suggestions, {})
    if (options.json) printJson(suggestions)
    else if (suggestions.length === 0)
      printResult('History suggests no check: it is short still, or the project has them.')
    else
      printResult(
        renderTable(
          [{ title: 'id' }, { title: 'check' }, { title: 'because' }],
          suggestions.map(({ id, yaml, because }) => [id, yaml, because]),
        ),
      )
  })
}
