export type LogLevel = 'info' | 'warn' | 'error'

/** Where the pipeline says what it does; hosts decide where the lines go. Lines carry ids and counts, never cell values. */
export interface Log {
  (level: LogLevel, message: string): void
}
