import { useSyncExternalStore } from 'react'

/** Where one is: `#/screen/name?key=value`. A key may stand several times. */
export interface Route {
  readonly screen: string
  /** The thing that is open on the screen (a run, a model); null for the screen's list. */
  readonly name: string | null
  readonly query: URLSearchParams
}

export type QueryValues = Readonly<Record<string, string | readonly string[] | null>>

const listeners = new Set<() => void>()

/** The route that an address bar's hash stands for. */
function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2)
  const [screen = '', ...rest] = path.split('/')
  const name = rest.join('/')
  return {
    screen: screen === '' ? 'runs' : screen,
    name: name === '' ? null : decodeURIComponent(name),
    query: new URLSearchParams(query),
  }
}

/** The hash for a place in the workbench, to be used as a link. */
export function hrefTo(screen: string, name: string | null = null, values: QueryValues = {}): string {
  const query = new URLSearchParams()
  for (const [key, value] of Object.entries(values)) {
    const all = value === null ? [] : typeof value === 'string' ? [value] : value
    for (const one of all) query.append(key, one)
  }
  const path = name === null ? screen : `${screen}/${encodeURIComponent(name)}`
  const text = query.toString()
  return text === '' ? `#/${path}` : `#/${path}?${text}`
}

/** The hash of this route with some query values replaced; null removes one. */
export function hrefWith(route: Route, changes: QueryValues): string {
  const values: Record<string, string | readonly string[] | null> = {}
  for (const key of route.query.keys()) values[key] = route.query.getAll(key)
  return hrefTo(route.screen, route.name, { ...values, ...changes })
}

/** Goes to a place; `replace` leaves no step for Back, for changes within a screen such as typing. */
export function navigate(href: string, mode: 'push' | 'replace' = 'push'): void {
  if (href === window.location.hash) return
  if (mode === 'push') window.history.pushState(null, '', href)
  else window.history.replaceState(null, '', href)
  for (const listener of listeners) listener()
}

/** The route as it is now, for commands. */
export function currentRoute(): Route {
  return parseRoute(currentHash())
}

/** The current route, following Back, links and `navigate`. */
export function useRoute(): Route {
  return parseRoute(useSyncExternalStore(listen, currentHash))
}

function currentHash(): string {
  return window.location.hash
}

function listen(listener: () => void): () => void {
  listeners.add(listener)
  window.addEventListener('hashchange', listener)
  window.addEventListener('popstate', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('hashchange', listener)
    window.removeEventListener('popstate', listener)
  }
}
