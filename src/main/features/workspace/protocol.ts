import { z } from 'zod'
import { method, topic } from '#protocol/method'

const publishedRun = z.object({ run_id: z.int(), as_of: z.string(), finished_at: z.string() })

const workspaceInfo = z.object({
  project: z.object({ name: z.string(), title: z.string(), folder: z.string() }),
  workspace: z.object({ name: z.string(), folder: z.string() }),
  /** The run that readers and exports see now; null before the first. */
  published: publishedRun.nullable(),
  counts: z.object({
    open_quarantine: z.int(),
    running_runs: z.int(),
    /** What is unusual in the run that readers see against the one before, and has no label yet. */
    unusual_differences: z.int(),
  }),
  /** What the last run was started with, to be offered again. */
  remembered: z.object({ input: z.string().nullable(), as_of: z.string().nullable() }),
  /** What the host can do beyond the engine: the desktop app has folder dialogs and takes dropped files. */
  host: z.object({ kind: z.enum(['desktop', 'web', 'cli']), has_folder_dialog: z.boolean() }),
})

export type WorkspaceInfo = z.infer<typeof workspaceInfo>

export const workspaceMethods = {
  info: method('workspace.info', z.object({}), workspaceInfo),
}

/** Sent after anything in the workspace changed that a screen may show (a run began, ended, was published). */
export const workspaceChanged = topic('workspace.changed', z.object({ reason: z.string() }))
