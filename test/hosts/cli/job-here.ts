import type { ForkProcess } from '../../../src/main/hosts/engine/forked-process.ts'
import { runOnce } from '../../../src/main/hosts/engine/run-once.ts'
import type { RunRequest } from '../../../src/main/pipeline/run/run-request.ts'
import { createListeners } from '../../../src/main/protocol/create-listeners.ts'

/** Stands in for the process of a run: does the run in this one. It can be told to end after its last words alone. */
export const forkJobHere: ForkProcess = () => {
  const messages = createListeners<string>()
  const closing = createListeners<void>()
  return {
    send: (text) =>
      void runOnce(JSON.parse(text) as RunRequest, (message) => {
        // A message from another process is one of its own in turn, too.
        setImmediate(() => messages.tell(JSON.stringify(message)))
      }),
    onMessage: messages.add,
    onClose: closing.add,
    kill: () => setImmediate(() => closing.tell()),
  }
}
