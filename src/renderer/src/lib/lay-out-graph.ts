import { Graph, layout } from '@dagrejs/dagre'

export const nodeWidth = 198
export const nodeHeight = 60

export interface Place {
  readonly left: number
  readonly top: number
}

interface Point {
  readonly x: number
  readonly y: number
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
  graph.setGraph({ rankdir: 'LR', nodesep: 18, edgesep: 14, ranksep: 26, marginx: 4, marginy: 4 })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const name of names) graph.setNode(name, { width: nodeWidth, height: nodeHeight })
  for (const { from, to } of edges) graph.setEdge(from, to)
  layout(graph)

  const places = new Map<string, Place>()
  for (const name of names) {
    const { x, y } = graph.node(name) as Point
    places.set(name, { left: x - nodeWidth / 2, top: y - nodeHeight / 2 })
  }
  const all = [...places.values()]
  return {
    width: Math.max(0, ...all.map((place) => place.left)) + nodeWidth + 4,
    height: Math.max(0, ...all.map((place) => place.top)) + nodeHeight + 4,
    places,
    paths: edges.map(({ from, to }) => {
      const { points } = graph.edge(from, to) as { readonly points: readonly Point[] }
      // Of the bends, those in the columns of nodes count: they keep the line clear of the nodes it passes.
      const passed = points
        .slice(1, -1)
        .filter(({ x }) => all.some(({ left }) => Math.abs(left + nodeWidth / 2 - x) < 1))
      return pathThrough(columnSides(places.get(from)), passed.map(sidesAround), columnSides(places.get(to)))
    }),
  }
}

/** Where a line enters and leaves a column of nodes, level in between. */
interface Passage {
  readonly left: number
  readonly right: number
  readonly y: number
}

function columnSides(place: Place = { left: 0, top: 0 }): Passage {
  return { left: place.left, right: place.left + nodeWidth, y: place.top + nodeHeight / 2 }
}

function sidesAround({ x, y }: Point): Passage {
  return { left: x - nodeWidth / 2, right: x + nodeWidth / 2, y }
}

/** A line that is level within the columns and bends only between them. */
function pathThrough(from: Passage, passed: readonly Passage[], to: Passage): string {
  let path = `M${from.right} ${from.y}`
  let before = from
  for (const passage of [...passed, to]) {
    const middle = (before.right + passage.left) / 2
    path += `C${middle} ${before.y} ${middle} ${passage.y} ${passage.left} ${passage.y}`
    if (passage !== to) path += `H${passage.right}`
    before = passage
  }
  return path
}
