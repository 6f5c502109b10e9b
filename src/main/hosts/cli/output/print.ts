import { exitCodeOf } from '../../../kernel/app-error.ts'

/** Writes lines of a result to stdout. */
export function printResult(text: string): void {
  process.stdout.write(`${text}\n`)
}

/** Writes the one JSON document that `--json` promises to stdout. */
export function printJson(document: unknown): void {
  process.stdout.write(`${JSON.stringify(document, null, 2)}\n`)
}

/** Writes anything that is not the result to stderr. */
export function printNotice(text: string): void {
  process.stderr.write(`${text}\n`)
}

/** Ends the program without a word when its reader has left (`assay runs list | head -1`), with one when the output has no room. */
export function endWhenOutputFails(): void {
  process.stderr.on('error', () => process.exit())
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit()
    printNotice(`assay: The result cannot be written to stdout: ${error.message}.`)
    process.exit(exitCodeOf('ENVIRONMENT'))
  })
}
