import { Graph, layout } from '@dagrejs/dagre'

export const nodeWidth = 216
export const nodeHeight = 62

export interface Place {
  readonly left: number
  readonly top: number
}

export interface GraphLayout {
  readonly width: number
  readonly height: number
  readonly places: ReadonlyMap<string, Place>
  /** An SVG path for each edge, in the order in which the edges were given. */
  readonly paths: readonly string[]
}

interface Edge {
  readonly from: string
  readonly to: string
}

/** Places the nodes in layers from left to right, readers to the right of what they read. */
export function layOutGraph(names: readonly string[], edges: readonly Edge[]): GraphLayout {
  const graph = new Graph()
  graph.setGraph({ rankdir: 'LR', nodesep: 22, ranksep: 44, marginx: 4, marginy: 4 })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const name of names) graph.setNode(name, { width: nodeWidth, height: nodeHeight })
  for (const { from, to } of edges) graph.setEdge(from, to)
  layout(graph)

  const places = new Map<string, Place>()
  for (const name of names) {
    const { x, y } = centreOf(graph.node(name))
    places.set(name, { left: x - nodeWidth / 2, top: y - nodeHeight / 2 })
  }
  const all = [...places.values()]
  return {
    width: Math.max(0, ...all.map((place) => place.left)) + nodeWidth + 4,
    height: Math.max(0, ...all.map((place) => place.top)) + nodeHeight + 4,
    places,
    paths: edges.map(({ from, to }) => curve(places.get(from), places.get(to))),
  }
}

function centreOf(node: unknown): { readonly x: number; readonly y: number } {
  const { x = 0, y = 0 } = node as { readonly x?: number; readonly y?: number }
  return { x, y }
}

function curve(from: Place | undefined, to: Place | undefined): string {
  if (from === undefined || to === undefined) return ''
  const startX = from.left + nodeWidth
  const startY = from.top + nodeHeight / 2
  const endX = to.left
  const endY = to.top + nodeHeight / 2
  const middle = Math.max(24, (endX - startX) / 2)
  return `M${startX} ${startY}C${startX + middle} ${startY} ${endX - middle} ${endY} ${endX} ${endY}`
}
