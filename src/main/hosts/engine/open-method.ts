import { z } from 'zod'
import { method } from '#protocol/method'

const openInput = z.object({
  projectFolder: z.string(),
  workspaceFolder: z.string(),
  host: z.object({ kind: z.enum(['desktop', 'web', 'cli']), has_folder_dialog: z.boolean() }),
})
export type OpenInput = z.infer<typeof openInput>

/** The first call to an engine process, by the host that forked it: which workspace it is for. No page can reach it. */
export const engineMethods = {
  open: method('engine.open', openInput, z.null()),
}
