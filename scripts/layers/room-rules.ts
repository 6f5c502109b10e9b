import type { Room, RoomKind } from './rooms.ts'

/** An import from one room into another. */
export interface Crossing {
  readonly from: Room
  readonly to: Room
  /** The imported file, from the project's root. */
  readonly target: string
  readonly specifier: string
  readonly isTypeOnly: boolean
}

/** Below is better: a room imports only rooms of a lower rank. */
const mainRank: Partial<Record<RoomKind, number>> = {
  kernel: 0,
  protocol: 1,
  store: 1,
  stage: 2,
  run: 3,
  features: 4,
  feature: 4,
  host: 5,
}

const rendererRank: Partial<Record<RoomKind, number>> = { lib: 0, ui: 1, screens: 2, app: 3 }

const downwards =
  'main code imports only downwards: kernel < protocol, store < pipeline stages < pipeline/run < features < hosts'

/** The rule that an import between two rooms breaks and what to do instead; null when it breaks none. */
export function whyNotRoom(crossing: Crossing): string | null {
  const { from, to } = crossing
  if (from.folder === to.folder || (from.kind === 'app' && to.kind === 'app')) return null
  const fromMain = mainRank[from.kind]
  const toMain = mainRank[to.kind]
  if (fromMain !== undefined && toMain !== undefined) return whyNotMain(crossing, fromMain, toMain)
  if (fromMain !== undefined) {
    return `src/main never imports ${to.folder}; what both sides need is declared in protocol/ or a feature's protocol.ts`
  }
  if (toMain !== undefined) return whyNotProtocol(crossing)
  return whyNotRenderer(from, to)
}

function whyNotMain(crossing: Crossing, fromRank: number, toRank: number): string | null {
  const { from, to } = crossing
  if (from.kind === 'stage' && to.kind === 'stage') return null
  if (from.kind === 'feature' && to.kind === 'features') return null
  if (from.kind === 'feature' && to.kind === 'feature') {
    return 'a feature never imports a sibling; move what both need down, into the pipeline or store'
  }
  if (from.kind === 'features') {
    return to.kind === 'feature' && !crossing.target.endsWith('/protocol.ts')
      ? 'the context of all features may import their protocol.ts only'
      : whenUpwards(fromRank, toRank + (to.kind === 'feature' ? -1 : 0))
  }
  if (from.kind === 'host' && to.kind === 'host') {
    return to.name === 'engine' ? null : 'a host imports no other host but hosts/engine; start it as a process instead'
  }
  if ((from.kind === 'stage' || from.kind === 'run') && to.kind === 'protocol' && !crossing.isTypeOnly) {
    return 'the pipeline knows the protocol by its types alone; use `import type`, or move the code to kernel'
  }
  return whenUpwards(fromRank, toRank)
}

function whenUpwards(fromRank: number, toRank: number): string | null {
  return toRank < fromRank ? null : `${downwards}; move the code down, or pass it in as an argument`
}

/** Preload and renderer see of the main side only what crosses the wire. */
function whyNotProtocol({ from, specifier }: Crossing): string | null {
  return specifier.startsWith('#protocol/') || specifier.startsWith('#features/')
    ? null
    : `${from.folder} sees the main side only as #protocol/* and #features/*; ask the engine by a method of the protocol`
}

function whyNotRenderer(from: Room, to: Room): string | null {
  if (from.kind === 'preload' || to.kind === 'preload') {
    return 'preload and renderer meet only at runtime, in call() and subscribe(); share types through #protocol/*'
  }
  if (from.kind === 'screens' && to.kind === 'screens') {
    return 'screens of one feature never import those of another; move what both need to ui/ or lib/, or link by route'
  }
  const isDownwards = (rendererRank[to.kind] ?? 0) < (rendererRank[from.kind] ?? 0)
  return isDownwards
    ? null
    : 'renderer code imports only downwards: lib < ui < features < app; pass it in as a property'
}
