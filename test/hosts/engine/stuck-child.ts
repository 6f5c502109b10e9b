import { parentChannel } from '../../../src/main/hosts/engine/parent-channel.ts'
import { followParent } from '../../../src/main/hosts/engine/watchdog.ts'

// A process whose main thread is stuck as in a long SQL statement: no event, signal or message gets through to it.
followParent()
parentChannel().send(String(process.pid))
setTimeout(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0), 200)
