/** All that a run is started with; plain data, since it crosses into the job process. */
export interface RunRequest {
  readonly projectFolder: string
  readonly inputFolder: string
  readonly workspaceFolder: string
  /** The day that counts as today, `YYYY-MM-DD`. */
  readonly asOf: string
  /** Folder that gets every export as CSV and Parquet once the run is published; null for none. */
  readonly exportFolder: string | null
  readonly startedBy: string
}
