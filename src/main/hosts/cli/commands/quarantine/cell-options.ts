import { InvalidArgumentError } from 'commander'

/** A cell as `--set FIELD=VALUE` names it. */
export interface Cell {
  readonly field: string
  readonly value: string
}

/** Gathers cells; the value may be empty, and hold an equals sign itself. */
export function collectCells(text: string, before: readonly Cell[] = []): readonly Cell[] {
  const at = text.indexOf('=')
  if (at < 1) throw new InvalidArgumentError('It is written FIELD=VALUE.')
  const field = text.slice(0, at)
  if (before.some((cell) => cell.field === field)) throw new InvalidArgumentError(`${field} is set twice.`)
  return [...before, { field, value: text.slice(at + 1) }]
}

/** Cells as the engine takes them. */
export function cellsOf(cells: readonly Cell[]): Record<string, string> {
  return Object.fromEntries(cells.map(({ field, value }) => [field, value]))
}
