import type { Command } from 'commander'
import { addAdoptCommand } from './quarantine/adopt.ts'
import { addCheckCommand } from './quarantine/check.ts'
import { addClustersCommand } from './quarantine/clusters.ts'
import { addCorrectionsCommand } from './quarantine/corrections.ts'
import { addDiscardCommand } from './quarantine/discard.ts'
import { addExportCommand } from './quarantine/export.ts'
import { addFacetsCommand } from './quarantine/facets.ts'
import { addFixCommand } from './quarantine/fix.ts'
import { addHistoryCommand } from './quarantine/history.ts'
import { addImportCommand } from './quarantine/import.ts'
import { addListCommand } from './quarantine/list.ts'
import { addReplayCommand } from './quarantine/replay.ts'
import { addResolveCommand } from './quarantine/resolve.ts'
import { addRulesCommand } from './quarantine/rules.ts'
import { addShowCommand } from './quarantine/show.ts'
import { addSuggestCommand } from './quarantine/suggest.ts'
import { addUndoCommand } from './quarantine/undo.ts'
import { addWaiveCommand } from './quarantine/waive.ts'

/** Adds `assay quarantine`: the rows that were held back, and what people decide about them. */
export function addQuarantineCommand(program: Command): void {
  const quarantine = program
    .command('quarantine')
    .description('the rows that were held back: look, repair, decide, replay, undo')
  addListCommand(quarantine)
  addFacetsCommand(quarantine)
  addShowCommand(quarantine)
  addSuggestCommand(quarantine)
  addCheckCommand(quarantine)
  addFixCommand(quarantine)
  addWaiveCommand(quarantine)
  addDiscardCommand(quarantine)
  addUndoCommand(quarantine)
  addReplayCommand(quarantine)
  addHistoryCommand(quarantine)
  addCorrectionsCommand(quarantine)
  addResolveCommand(quarantine)
  addRulesCommand(quarantine)
  addAdoptCommand(quarantine)
  addClustersCommand(quarantine)
  addExportCommand(quarantine)
  addImportCommand(quarantine)
}
