import { resolve } from 'node:path'
import { installationFolder } from '../../engine/installation-folder.ts'
import { commandText } from './command-text.ts'

/** How to look at a workspace in the workbench, in the way Assay itself was called. */
export function workbenchHint(workspace: string): string {
  if (resolve(workspace) === resolve(installationFolder, 'workspace')) return 'Open the workbench with: npm start'
  return `Open the workbench with: ${commandText('serve', { workspace: resolve(workspace) })}`
}
