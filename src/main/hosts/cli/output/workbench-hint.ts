import { resolve } from 'node:path'
import { installationFolder } from '../../engine/installation-folder.ts'
import { printable } from './printable.ts'

/** How to look at a workspace in the workbench, in the way Assay itself was called. */
export function workbenchHint(workspace: string): string {
  if (resolve(workspace) === resolve(installationFolder, 'workspace')) return 'Open the workbench with: npm start'
  const command = process.env['npm_lifecycle_event'] === undefined ? 'assay' : 'npm run -s assay --'
  return `Open the workbench with: ${command} serve --workspace ${quoted(printable(resolve(workspace)))}`
}

function quoted(path: string): string {
  return /^[\w./:\\-]+$/.test(path) ? path : `"${path}"`
}
