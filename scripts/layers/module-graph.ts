import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { scanImports } from './scan-imports.ts'
import type { ImportSite } from './scan-imports.ts'

/** Where an import leads. Paths are from the project's root, with `/`. */
export type Target =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'package'; readonly specifier: string }
  | { readonly kind: 'missing'; readonly path: string }
  | { readonly kind: 'computed' }

export interface Link extends ImportSite {
  readonly target: Target
}

/** Every source file under `src/` with where its imports lead. */
export type ModuleGraph = ReadonlyMap<string, readonly Link[]>

const sourceFile = /\.[cm]?[jt]sx?$/

/** Reads and resolves the whole of `src/` under a project's root. */
export function readModuleGraph(root: string): ModuleGraph {
  const names = existsSync(join(root, 'src'))
    ? readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    : []
  const paths = names
    .map((name) => posix.join('src', name.replaceAll('\\', '/')))
    .filter((path) => sourceFile.test(path))
  const linksOf = (path: string): readonly Link[] =>
    scanImports(path, readFileSync(join(root, path), 'utf8')).map((site) => ({
      ...site,
      target: resolve(root, path, site.specifier),
    }))
  return new Map(paths.toSorted().map((path) => [path, linksOf(path)]))
}

function resolve(root: string, from: string, specifier: string | null): Target {
  if (specifier === null) return { kind: 'computed' }
  const path = pathOf(from, specifier)
  if (path === null) return { kind: 'package', specifier }
  const isFile = statSync(join(root, path), { throwIfNoEntry: false })?.isFile() ?? false
  return { kind: isFile ? 'file' : 'missing', path }
}

/** The file that a specifier means (the two `#` forms are those of package.json `imports`); null for a package. */
function pathOf(from: string, specifier: string): string | null {
  const [name = ''] = specifier.split('?')
  if (name.startsWith('.')) return posix.join(dirname(from), name)
  if (name.startsWith('#protocol/')) return `src/main/protocol/${name.slice('#protocol/'.length)}.ts`
  if (name.startsWith('#features/')) return `src/main/features/${name.slice('#features/'.length)}/protocol.ts`
  return name.startsWith('#') || name.startsWith('/') ? name : null
}
