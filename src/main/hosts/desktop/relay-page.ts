import { AppError } from '../../kernel/app-error.ts'
import { reportError } from '../../kernel/report-error.ts'
import { callChannel } from '../../protocol/bridge.ts'
import type { Endpoint } from '../../protocol/endpoint.ts'
import { call, type Answer } from '../../protocol/wire.ts'

/** What the relay needs of Electron's `ipcMain`. */
export interface MainMessages<Sender> {
  handle(
    channel: typeof callChannel,
    answer: (sender: Sender, method: unknown, input: unknown) => Promise<Answer>,
  ): void
}

/** Passes the calls of our own page on to the engine; anyone else's are refused. */
export function relayPage<Sender>(
  messages: MainMessages<Sender>,
  isOwnPage: (sender: Sender) => boolean,
  endpoint: Endpoint,
): void {
  messages.handle(callChannel, async (sender, method, input) => {
    if (!isOwnPage(sender)) return refuse(new AppError('PERMISSION', 'Only the page of the workbench may ask this.'))
    const asked = call.safeParse({ method, input })
    if (asked.success) return endpoint.call(asked.data.method, asked.data.input)
    return refuse(
      new AppError('INPUT_INVALID', 'A call begins with the name of its method.', { place: { field: 'method' } }),
    )
  })
}

function refuse(error: AppError): Answer {
  return { ok: false, error: reportError(error) }
}
