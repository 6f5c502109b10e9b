import { findCycles } from './find-cycles.ts'
import { readModuleGraph } from './module-graph.ts'
import type { Link, ModuleGraph } from './module-graph.ts'
import { isRenderer, needsNode, whyNotPackage } from './package-rules.ts'
import { whyNotRoom } from './room-rules.ts'
import { roomOf } from './rooms.ts'
import type { Room } from './rooms.ts'

export interface LayerReport {
  readonly files: number
  readonly imports: number
  /** `file:line: what is wrong; what to do instead`. */
  readonly violations: readonly string[]
}

/** Checks all imports under `src/`. Fewer files than `leastFiles` is a failure too: a gate that sees nothing is open. */
export function checkLayers(root: string, leastFiles: number): LayerReport {
  const graph = readModuleGraph(root)
  const imports = [...graph.values()].reduce((sum, links) => sum + links.length, 0)
  const tooFew =
    graph.size < leastFiles || imports === 0
      ? [`src:1: only ${graph.size} files with ${imports} imports were seen, at least ${leastFiles} were expected`]
      : []
  return {
    files: graph.size,
    imports,
    violations: [
      ...tooFew,
      ...[...graph].flatMap(([file, links]) => checkFile(file, links)),
      ...checkPage(graph),
      ...checkStages(graph),
      ...checkFileCycles(graph),
    ],
  }
}

function checkFile(file: string, links: readonly Link[]): readonly string[] {
  const room = roomOf(file)
  if (!room)
    return [`${file}:1: the layout has no such place; move it into one of the folders of scripts/layers/rooms.ts`]
  return links.flatMap((link) => {
    const reason = whyNot(room, link)
    return reason === null ? [] : [`${file}:${link.line}: imports ${link.specifier ?? 'a computed name'}: ${reason}`]
  })
}

function whyNot(from: Room, { target, specifier, isTypeOnly }: Link): string | null {
  if (target.kind === 'computed') return 'what is imported has to be written out, so that it can be checked'
  if (target.kind === 'package') return whyNotPackage(from, target.specifier)
  if (target.path.startsWith('test/')) return 'nothing imports test/; move what the product needs into src/'
  if (!target.path.startsWith('src/')) return 'src/ imports only src/ and packages; read other files at run time'
  if (target.kind === 'missing') return `${target.path} does not exist`
  const to = roomOf(target.path)
  return to === null ? null : whyNotRoom({ from, to, target: target.path, specifier: specifier ?? '', isTypeOnly })
}

/** Whatever the page loads, however far away, has to run without Node. */
function checkPage(graph: ModuleGraph): readonly string[] {
  const reachedFrom = new Map<string, string | null>()
  for (const file of graph.keys()) {
    const room = roomOf(file)
    if (room && isRenderer(room)) reachedFrom.set(file, null)
  }
  const violations: string[] = []
  for (const file of reachedFrom.keys()) {
    for (const { target, line, isTypeOnly } of graph.get(file) ?? []) {
      if (isTypeOnly) continue
      // A Map visits the keys that are added while it is walked: this is the whole search.
      if (target.kind === 'file' && !reachedFrom.has(target.path)) reachedFrom.set(target.path, file)
      if (target.kind !== 'package' || !needsNode(target.specifier) || file.startsWith('src/renderer/')) continue
      violations.push(
        `${file}:${line}: imports ${target.specifier}: the page loads this file (${wayTo(file, reachedFrom)}), ` +
          'and a page has no Node; split what the page needs from what needs Node',
      )
    }
  }
  return violations
}

function wayTo(file: string, reachedFrom: ReadonlyMap<string, string | null>): string {
  const way = [file]
  for (let at = reachedFrom.get(file); at; at = reachedFrom.get(at)) way.unshift(at)
  return way.join(' -> ')
}

/** Stages may use each other, in one direction only. */
function checkStages(graph: ModuleGraph): readonly string[] {
  const edges = new Map<string, Set<string>>()
  for (const [file, links] of graph) {
    const from = roomOf(file)
    if (from?.kind !== 'stage') continue
    for (const { target } of links) {
      const to = target.kind === 'file' ? roomOf(target.path) : null
      if (to?.kind !== 'stage' || to.name === from.name) continue
      edges.set(from.folder, (edges.get(from.folder) ?? new Set()).add(to.folder))
    }
  }
  return findCycles(edges).map(
    (cycle) =>
      `${cycle[0]}:1: pipeline stages import each other in a circle: ${cycle.join(' -> ')}; ` +
      'move what both need into the lower one, or let pipeline/run bring them together',
  )
}

function checkFileCycles(graph: ModuleGraph): readonly string[] {
  const edges = new Map(
    [...graph].map(([file, links]) => [
      file,
      new Set(links.flatMap(({ target }) => (target.kind === 'file' ? [target.path] : []))),
    ]),
  )
  return findCycles(edges).map(
    (cycle) =>
      `${cycle[0]}:1: files import each other in a circle: ${cycle.join(' -> ')}; move what both need into a third`,
  )
}
