/** Loops in a directed graph: for every node that can reach itself, the shortest way round, unless a loop before held it. */
export function findCycles(edges: ReadonlyMap<string, ReadonlySet<string>>): readonly (readonly string[])[] {
  const cycles: string[][] = []
  const done = new Set<string>()
  for (const start of edges.keys()) {
    if (done.has(start)) continue
    const loop = shortestPath(edges, start)
    if (!loop) continue
    cycles.push(loop)
    for (const node of loop) done.add(node)
  }
  return cycles
}

/** The shortest way from a node back to itself. */
function shortestPath(edges: ReadonlyMap<string, ReadonlySet<string>>, start: string): string[] | null {
  const cameFrom = new Map<string, string>()
  const queue = [start]
  for (const node of queue) {
    for (const next of edges.get(node) ?? []) {
      if (next === start) return wayBack(cameFrom, start, node)
      if (cameFrom.has(next)) continue
      cameFrom.set(next, node)
      queue.push(next)
    }
  }
  return null
}

function wayBack(cameFrom: ReadonlyMap<string, string>, start: string, end: string): string[] {
  const way = [end]
  while (way[0] !== start) way.unshift(cameFrom.get(way[0] ?? start) ?? start)
  return [...way, start]
}
