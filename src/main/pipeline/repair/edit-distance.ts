/**
 * The number of letters to put in, take out or replace to make one text of another (Levenshtein); any number above `most` where it
 * is more than that.
 */
export function editDistance(one: string, other: string, most: number): number {
  return distance(one, other, most, false)
}

/** The same, where two neighbours that change places count as one (Damerau-Levenshtein, optimal string alignment). */
export function typingDistance(one: string, other: string, most: number): number {
  return distance(one, other, most, true)
}

/** Looks only at pairs of places that are `most` apart or less: all others cost more. */
function distance(one: string, other: string, most: number, countsSwaps: boolean): number {
  if (Math.abs(one.length - other.length) > most) return most + 1
  let start = 0
  while (start < one.length && start < other.length && one.charCodeAt(start) === other.charCodeAt(start)) start += 1
  let height = one.length - start
  let width = other.length - start
  while (height > 0 && width > 0 && one.charCodeAt(start + height - 1) === other.charCodeAt(start + width - 1)) {
    height -= 1
    width -= 1
  }
  if (height === 0 || width === 0) return height + width
  const beyond = most + 1
  // The cost of `across` letters of the other against `down` of the one stands at across - down + most + 1.
  const emptyRow = () => new Array<number>(2 * most + 3).fill(beyond)
  let earlier = emptyRow()
  let above = emptyRow()
  let row = emptyRow()
  for (let across = 0; across <= most; across += 1) above[across + beyond] = across
  let leastAbove = 0
  for (let down = 1; down <= height; down += 1) {
    const letter = one.charCodeAt(start + down - 1)
    let least = beyond
    row.fill(beyond)
    for (let across = Math.max(0, down - most); across <= Math.min(width, down + most); across += 1) {
      const place = across - down + beyond
      const facing = other.charCodeAt(start + across - 1)
      let cost = Math.min(at(above, place + 1), at(row, place - 1)) + 1
      if (across === 0) cost = down
      else cost = Math.min(cost, at(above, place) + (letter === facing ? 0 : 1))
      const isSwap =
        countsSwaps &&
        down > 1 &&
        across > 1 &&
        letter === other.charCodeAt(start + across - 2) &&
        facing === one.charCodeAt(start + down - 2)
      if (isSwap) cost = Math.min(cost, at(earlier, place) + 1)
      row[place] = cost
      if (cost < least) least = cost
    }
    // A swap reaches over a row, so that the row above has to be too far off as well.
    if (least > most && (!countsSwaps || leastAbove > most)) return beyond
    leastAbove = least
    ;[earlier, above, row] = [above, row, earlier]
  }
  return at(above, width - height + beyond)
}

function at(numbers: readonly number[], index: number): number {
  return numbers[index] as number
}
