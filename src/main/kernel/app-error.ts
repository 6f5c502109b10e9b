/**
 * Every failure that a person may see, by code. The exit codes are part of the command line's interface:
 * 1 nothing published, 2 usage / project / input, 3 environment, 4 workspace damaged, 5 a bug in Assay, 130 cancelled.
 */
const exitCodes = {
  RUN_BLOCKED: 1,
  FILE_REJECTED: 1,
  USAGE: 2,
  PROJECT_INVALID: 2,
  INPUT_INVALID: 2,
  SQL_REFUSED: 2,
  MODEL_FAILED: 2,
  NOT_FOUND: 2,
  WORKSPACE_LOCKED: 3,
  DISK_FULL: 3,
  PERMISSION: 3,
  ENVIRONMENT: 3,
  WORKSPACE_DAMAGED: 4,
  INTERNAL: 5,
  CANCELLED: 130,
} as const

export type ErrorCode = keyof typeof exitCodes

/** Where the trouble is; every field that is known is given. Lines and columns count from 1. */
export interface ErrorPlace {
  readonly file?: string
  readonly line?: number
  readonly column?: number
  readonly field?: string
  readonly table?: string
}

export interface ErrorFacts {
  readonly place?: ErrorPlace
  /** What was and what was not kept, in a sentence. */
  readonly saved?: string
  /** What the person can do next, in a sentence. */
  readonly hint?: string
  readonly cause?: unknown
}

/** The plain form of an `AppError`, as it crosses processes and as `--json` prints it. */
export interface ErrorReport {
  readonly code: ErrorCode
  readonly message: string
  readonly place: ErrorPlace
  readonly saved: string | null
  readonly hint: string | null
}

/** An expected failure: says what, where, what was saved and what to do. Anything else that is thrown is a bug. */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode
  readonly place: ErrorPlace
  readonly saved: string | null
  readonly hint: string | null

  constructor(code: ErrorCode, message: string, facts: ErrorFacts = {}) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause })
    this.code = code
    this.place = facts.place ?? {}
    this.saved = facts.saved ?? null
    this.hint = facts.hint ?? null
  }
}

/** The exit code of the command line for an error code. */
export function exitCodeOf(code: ErrorCode): number {
  return exitCodes[code]
}

/** An `AppError` rebuilt from its plain form on the other side of a process boundary. */
export function errorFromReport(report: ErrorReport): AppError {
  return new AppError(report.code, report.message, {
    place: report.place,
    ...(report.saved === null ? {} : { saved: report.saved }),
    ...(report.hint === null ? {} : { hint: report.hint }),
  })
}
