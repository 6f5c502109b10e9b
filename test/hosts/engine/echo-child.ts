import { parentChannel } from '../../../src/main/hosts/engine/parent-channel.ts'

// A process that says again what it is told.
const channel = parentChannel()
channel.onMessage((text) => channel.send(text))
