/** The kinds of folders that a source file can live in; room-rules.ts and package-rules.ts say what each may import. */
export type RoomKind =
  | 'kernel'
  | 'protocol'
  | 'store'
  | 'stage'
  | 'run'
  | 'features'
  | 'feature'
  | 'host'
  | 'preload'
  | 'app'
  | 'screens'
  | 'ui'
  | 'lib'

export interface Room {
  readonly kind: RoomKind
  /** The folder's name where a kind has many (`reader`, `runs`, `cli`), otherwise the kind. */
  readonly name: string
  /** Its folder, as messages show it. */
  readonly folder: string
}

const stages = [
  'project',
  'contract',
  'reader',
  'archive',
  'amendment',
  'gate',
  'staging',
  'repair',
  'enrichment',
  'model',
  'check',
  'metric',
  'drift',
  'compare',
  'export',
]
const hosts = ['desktop', 'engine', 'web', 'cli']

/** The room of a file, by its path from the project's root; null when the layout has no such place. */
export function roomOf(path: string): Room | null {
  const [, side = '', ...rest] = path.split('/')
  if (side === 'preload') return { kind: 'preload', name: 'preload', folder: 'src/preload' }
  if (side === 'main') return mainRoom(rest)
  if (side === 'renderer') return rendererRoom(rest)
  return null
}

function mainRoom(parts: readonly string[]): Room | null {
  const [top = '', name = ''] = parts
  const isDirectlyInside = parts.length === 2
  const folder = `src/main/${top}`
  if (top === 'kernel' || top === 'protocol' || top === 'store') return { kind: top, name: top, folder }
  if (top === 'pipeline' && name === 'run') return { kind: 'run', name, folder: `${folder}/run` }
  if (top === 'pipeline' && stages.includes(name)) return { kind: 'stage', name, folder: `${folder}/${name}` }
  if (top === 'features' && isDirectlyInside) {
    return name === 'context.ts' ? { kind: 'features', name: 'context.ts', folder: `${folder}/context.ts` } : null
  }
  if (top === 'features') return { kind: 'feature', name, folder: `${folder}/${name}` }
  if (top === 'hosts' && hosts.includes(name)) return { kind: 'host', name, folder: `${folder}/${name}` }
  return null
}

function rendererRoom(parts: readonly string[]): Room | null {
  const [source, top = '', name = ''] = parts
  if (source !== 'src') return null
  const folder = `src/renderer/src/${top}`
  if (parts.length === 2) return { kind: 'app', name: 'app', folder: 'src/renderer/src' }
  if (top === 'app' || top === 'ui' || top === 'lib') return { kind: top, name: top, folder }
  if (top === 'features' && parts.length > 3) return { kind: 'screens', name, folder: `${folder}/${name}` }
  return null
}
