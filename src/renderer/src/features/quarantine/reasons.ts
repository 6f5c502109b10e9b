import type { QuarantineReason } from '#features/quarantine'

/** A reason by its short name, as facets and commands have it: `end_date: before_start_date`. */
export function reasonName({ field, rule }: QuarantineReason): string {
  return `${field}: ${rule}`
}

/** Why each field is bad, in words; a record that is bad as a whole stands under `row`. */
export function badFields(reasons: readonly QuarantineReason[]): ReadonlyMap<string, string> {
  const fields = new Map<string, string>()
  for (const { field, severity, message } of reasons) {
    if (severity !== 'error') continue
    const before = fields.get(field)
    fields.set(field, before === undefined ? message : `${before} ${message}`)
  }
  return fields
}
