type Versions = Readonly<Record<string, string>>

export interface Manifest {
  readonly dependencies?: Versions
  readonly devDependencies?: Versions
  readonly optionalDependencies?: Versions
}

interface LockedPackage extends Manifest {
  readonly version?: string
  readonly resolved?: string
  readonly integrity?: string
  readonly link?: boolean
}

export interface Lock {
  readonly packages: Readonly<Record<string, LockedPackage>>
}

/** What would make `npm ci` refuse, or install something else than what was tested, on any platform. */
export function findLockProblems(manifest: Manifest, lock: Lock): readonly string[] {
  const packages = Object.entries(lock.packages)
  if (packages.length < 2) return ['package-lock.json: names no packages']
  return [
    ...findUnpinned(manifest, lock),
    ...packages.flatMap(([path, locked]) => findMissingPlatforms(lock, path, locked)),
    ...packages.flatMap(([path, locked]) => (path === '' ? [] : findUntrusted(path, locked))),
  ]
}

function findUnpinned(manifest: Manifest, lock: Lock): readonly string[] {
  const wanted = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies }
  return Object.entries(wanted).flatMap(([name, version]) => {
    if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)) {
      return [`package.json: ${name} is "${version}"; pin the exact version that was tested`]
    }
    const locked = lock.packages[`node_modules/${name}`]?.version
    return locked === version
      ? []
      : [`package-lock.json: ${name} is ${locked ?? 'missing'}, package.json has ${version}`]
  })
}

/** npm leaves out, without a word, platform packages that the registry did not have; `npm ci` elsewhere then refuses. */
function findMissingPlatforms(lock: Lock, path: string, locked: LockedPackage): readonly string[] {
  return Object.keys(locked.optionalDependencies ?? {}).flatMap((name) => {
    const isThere = lock.packages[`node_modules/${name}`] ?? lock.packages[`${path}/node_modules/${name}`]
    return isThere
      ? []
      : [`package-lock.json: ${path || 'the project'} needs ${name}, which is missing; pin a complete release`]
  })
}

function findUntrusted(path: string, locked: LockedPackage): readonly string[] {
  if (locked.link) return [`package-lock.json: ${path} is a link to a folder`]
  return [
    ...(locked.integrity ? [] : [`package-lock.json: ${path} has no integrity hash`]),
    ...(locked.resolved ? [`package-lock.json: ${path} names a registry; see .npmrc`] : []),
  ]
}
