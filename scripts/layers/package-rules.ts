import { isBuiltin } from 'node:module'
import type { Room } from './rooms.ts'

/** What the workbench may be made of. One more is a decision about weight and about what runs in the page. */
const rendererPackages = [
  '@dagrejs/dagre',
  'ag-grid-community',
  'ag-grid-react',
  'lucide-react',
  'radix-ui',
  'react',
  'react-dom',
  'zod',
  'zustand',
]

/** Those of them that draw: they have no business outside of the renderer. */
const drawingPackages = rendererPackages.filter((name) => name !== 'zod')

/** The npm package of a bare specifier: `react-dom` of `react-dom/client`. */
function packageOf(specifier: string): string {
  const parts = specifier.split('/')
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? specifier)
}

/** The rule that an import of a package or a part of Node breaks and what to do instead; null when it breaks none. */
export function whyNotPackage(from: Room, specifier: string): string | null {
  const name = packageOf(specifier)
  if (isBuiltin(specifier)) {
    return isRenderer(from) ? 'the renderer runs in a browser page without Node; ask the engine for it' : null
  }
  if (from.kind === 'kernel') return 'kernel imports nothing; put what needs a package into the layer that uses it'
  if (name === 'better-sqlite3' && from.kind !== 'store') {
    return 'only store imports better-sqlite3; use its functions, or add one there'
  }
  if (name === 'electron' && from.kind !== 'preload' && !(from.kind === 'host' && from.name === 'desktop')) {
    return 'only hosts/desktop and preload import electron; everything else runs without it'
  }
  if (name.startsWith('ag-grid-') && from.kind !== 'ui') {
    return "only the renderer's ui/ imports ag-grid; use its grid component"
  }
  if (isRenderer(from)) {
    return rendererPackages.includes(name)
      ? null
      : `the renderer is made of ${rendererPackages.join(', ')}; use those, or decide for ${name} in scripts/layers/package-rules.ts`
  }
  return drawingPackages.includes(name) ? `${name} belongs to the renderer; main and preload draw nothing` : null
}

/** True for what a browser page cannot load. */
export function needsNode(specifier: string): boolean {
  return isBuiltin(specifier) || ['better-sqlite3', 'electron'].includes(packageOf(specifier))
}

/** True for rooms whose code runs in the page. */
export function isRenderer(room: Room): boolean {
  return ['app', 'screens', 'ui', 'lib'].includes(room.kind)
}
