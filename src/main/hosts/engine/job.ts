import type { RunRequest } from '../../pipeline/run/run-request.ts'
import { parentChannel } from './parent-channel.ts'
import { runOnce } from './run-once.ts'
import { followParent } from './watchdog.ts'

// The process of one run. It is killed when the run is cancelled, and after its last words: it never ends by itself.
const channel = parentChannel()

followParent()
channel.onMessage(
  (text) => void runOnce(JSON.parse(text) as RunRequest, (message) => channel.send(JSON.stringify(message))),
)
