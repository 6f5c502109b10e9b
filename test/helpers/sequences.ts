import fc from 'fast-check'

/**
 * How many sequences a property draws: always as many in the gate, so that a slow machine tests no less; `npm run explore` draws
 * as many as fit into `ASSAY_SECONDS`.
 */
export function sequences(inGate: number) {
  const seconds = process.env['ASSAY_SECONDS']
  if (seconds === undefined) return { numRuns: inGate }
  return { numRuns: 1_000_000, plugins: [fc.interruptAfterTimeLimit(Number(seconds) * 1000)] }
}
