import { AppError } from '../kernel/app-error.ts'
import type { Log } from '../kernel/log.ts'
import { reportError } from '../kernel/report-error.ts'
import type { Method } from './method.ts'
import type { Answer } from './wire.ts'

/** A method with the function that answers it. */
export interface Registration {
  readonly method: Method
  readonly handle: (input: unknown) => unknown
}

/** Answers one call: finds the method, checks the input, runs the handler. Every failure becomes a report; a bug's own words go to the log. */
export async function dispatch(
  registrations: ReadonlyMap<string, Registration>,
  log: Log,
  name: string,
  input: unknown,
): Promise<Answer> {
  try {
    const registration = registrations.get(name)
    if (!registration) {
      throw new AppError('NOT_FOUND', `Assay's engine has no method ${JSON.stringify(name)}.`, {
        saved: 'Nothing was changed.',
        hint: 'The workbench and the engine may be of different versions; start both again.',
      })
    }
    return { ok: true, output: await registration.handle(parseInput(registration.method, input)) }
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'INTERNAL') log('error', `${name}: ${storyOf(error)}`)
    return { ok: false, error: reportError(error) }
  }
}

function parseInput(method: Method, input: unknown): unknown {
  const parsed = method.input.safeParse(input)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const field = issue?.path.map(String).join('.') ?? ''
  const detail = issue?.message ?? 'it has another form'
  throw new AppError(
    'INPUT_INVALID',
    `${method.name} was asked wrongly: ${field === '' ? detail : `${field}: ${detail}`}.`,
    {
      place: field === '' ? {} : { field },
      saved: 'Nothing was changed.',
      hint: field === '' ? 'Correct the input and try again.' : `Correct ${field} and try again.`,
    },
  )
}

/** The stack of an error and of what caused it. */
function storyOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const own = error.stack ?? error.message
  return error.cause === undefined ? own : `${own}\ncaused by ${storyOf(error.cause)}`
}
