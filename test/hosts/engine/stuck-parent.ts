import { forkNode } from '../../../src/main/hosts/engine/fork-node-process.ts'

// Starts a process that gets stuck and says on stdout which one.
forkNode(new URL('./stuck-child.ts', import.meta.url)).onMessage((pid) => void process.stdout.write(`${pid}\n`))
