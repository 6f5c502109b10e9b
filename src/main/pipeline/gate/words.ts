/** Run numbers as people say them: `run 3`, `runs 3 and 4`, `runs 3 to 14`. */
export function namedRuns(runs: readonly number[]): string {
  const [first] = runs
  if (first === undefined) return 'no run'
  const last = runs.at(-1)
  if (runs.length === 1) return `run ${first}`
  return runs.length === 2 ? `runs ${first} and ${last}` : `${runs.length} accepted runs, ${first} to ${last}`
}

/** A share as a person reads it. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(share > 0 && share < 0.1 ? 1 : 0)} %`
}

/** A count with its thousands apart. */
export function counted(count: number): string {
  return count.toLocaleString('en')
}

/** Why a gate that learns is quiet. */
export function tooFew(deliveries: number): string {
  if (deliveries === 0) return 'no accepted delivery is there'
  return deliveries === 1 ? '1 accepted delivery is too little' : `${deliveries} accepted deliveries are too few`
}

/** A list as people write it. */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
