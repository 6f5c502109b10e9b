import { formatChange } from '../lib/format.ts'

/** A change of a count; a null one (the first time) is a dash with its meaning. */
export function Change({ value, isFirst }: { readonly value: number | null; readonly isFirst: string }) {
  if (value === null) return <span className="soft">{isFirst}</span>
  return <span className={value === 0 ? 'soft' : undefined}>{formatChange(value)}</span>
}
