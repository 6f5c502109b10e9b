import type { Gate } from '#features/gates'
import { section } from './table.ts'

/** The gates of a run for its document: all of them where one had something to say; the document of any other run reads as if there were none. */
export function gatesDocument(gates: readonly Gate[]): {
  readonly gates?: readonly Omit<Gate, 'run_id' | 'is_open'>[]
} {
  return gates.some(isTold) ? { gates: gates.map(({ run_id: _run, is_open: _open, ...gate }) => gate) } : {}
}

/** The gates that warn, hold or were told to let through, for a person. */
export function gateLines(gates: readonly Gate[]): readonly string[] {
  return section(
    'Gates',
    [{ title: 'source' }, { title: 'gate' }, { title: 'company' }, { title: 'status' }, { title: 'what it says' }],
    gates
      .filter(isTold)
      .map(({ source, gate, company, status, message }) => [source, gate, company ?? '', status, message]),
  )
}

function isTold({ status }: Gate): boolean {
  return status === 'warn' || status === 'held' || status === 'allowed'
}
