import { z } from 'zod'
import { method } from '#protocol/method'

/** What only the desktop app can do; `workspace.info` says in `host.has_folder_dialog` whether it is there. Answered by its main process. */
export const desktopMethods = {
  /** Lets the person choose a folder, beginning at `start`; null when the dialog was closed. */
  chooseFolder: method(
    'desktop.chooseFolder',
    z.object({ title: z.string().optional(), start: z.string().optional() }),
    z.object({ folder: z.string().nullable() }),
  ),
  /**
   * Makes an input folder of what was dropped on the window: a folder is taken as it is, files are copied into a fresh one. The page
   * passes its `File` objects as `paths`; the preload script puts their paths in their place.
   */
  takeFiles: method(
    'desktop.takeFiles',
    z.object({ paths: z.array(z.string().min(1)).min(1).max(1000) }),
    z.object({ input: z.string() }),
  ),
  /** Prints a report into a PDF, where the person says; null when the dialog was closed. */
  savePdf: method(
    'desktop.savePdf',
    z.object({ html: z.string().min(1), file_name: z.string().min(1).max(200) }),
    z.object({ path: z.string().nullable() }),
  ),
}
