import { endWhenOutputFails } from './output/print.ts'
import { runCommandLine } from './run-command-line.ts'
import { endWithAncestors } from './end-with-ancestors.ts'

endWhenOutputFails()
endWithAncestors()
await runCommandLine(process.argv.slice(2))
