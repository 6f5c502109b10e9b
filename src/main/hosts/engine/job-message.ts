import type { RunProgress } from '#features/runs'
import type { ErrorReport } from '../../kernel/app-error.ts'
import type { RunOutcome } from '../../pipeline/run/run-context.ts'

/** What a job process says of its run; `finished` and `failed` are its last words. */
export type JobMessage =
  | { readonly kind: 'started'; readonly runId: number }
  | { readonly kind: 'progress'; readonly progress: RunProgress }
  | { readonly kind: 'finished'; readonly outcome: RunOutcome }
  | { readonly kind: 'failed'; readonly error: ErrorReport }
