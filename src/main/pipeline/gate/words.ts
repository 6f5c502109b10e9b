/** Run numbers as people say them: `run 3`, `runs 3 and 4`, `runs 3 to 14`. */
export function namedRuns(runs: readonly number[]): string {
  const [first] = runs
  if (first === undefined) return 'no run'
  const last = runs.at(-1)
  if (runs.length === 1) return `run ${first}`
  return runs.length === 2 ? `runs ${first} and ${last}` : `${runs.length} accepted runs (${first} to ${last})`
}

/** A share as a person reads it. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(share > 0 && share < 0.1 ? 1 : 0)} %`
}

/** A count with its thousands apart. */
export function counted(count: number): string {
  return count.toLocaleString('en')
}

/** A count with its noun: `1 row`, `2,345 rows`. */
export function countedNoun(count: number, one: string): string {
  return `${counted(count)} ${count === 1 ? one : `${one}s`}`
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

/** The first of a list, and how many others there are. */
export function someOf(names: readonly string[]): string {
  const most = 3
  if (names.length <= most) return listed(names)
  const others = names.length - most
  return `${names.slice(0, most).join(', ')} and ${counted(others)} ${others === 1 ? 'other' : 'others'}`
}

/** How far a count lies from the expected one: `52 % fewer`. */
export function offBy(rows: number, expected: number): string {
  const off = Math.round(Math.abs(rows / expected - 1) * 100)
  return rows < expected ? `${off} % fewer` : `${off} % more`
}
