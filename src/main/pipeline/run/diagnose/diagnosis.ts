/** Something that is wrong with a workspace. */
export interface DiagnosisFinding {
  readonly severity: 'error' | 'warning'
  readonly what: string
  readonly where: string
  readonly hint: string
}

/** What to do where rows cannot be trusted any more. */
export const restore = 'Keep a copy of the folder, then restore workspace.db from a backup.'
