#!/usr/bin/env node
// Plain JavaScript on purpose: it has to run, and to find a newer Node, on the Node versions that Assay itself does not run on.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import module, { createRequire } from 'node:module'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const neededMajor = 24
const cancelSignals = ['SIGINT', 'SIGTERM', 'SIGHUP']

/** Ctrl-C before the command has begun; src/main/hosts/cli/cancel-signals.ts takes over from here. */
function endCancelled() {
  const [message, saved] = ['The command was cancelled.', 'Nothing was changed.']
  if (process.argv.includes('--json'))
    process.stdout.write(`${JSON.stringify({ error: { code: 'CANCELLED', message, place: {}, saved, hint: null } })}\n`)
  process.stderr.write(`assay: ${message}\n  saved: ${saved}\n`)
  process.exit(130)
}

/** Runs this file again on another Node, as if it were this process: its output, its signals, its exit code. */
function continueOn(node) {
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
    // The other one ends by itself when this process is killed in a way that it cannot pass on.
    env: { ...process.env, ASSAY_PARENT: String(process.pid) },
  })
  for (const signal of cancelSignals) {
    process.on(signal, () => child.kill(signal))
    process.off(signal, endCancelled)
  }
  child.on('error', (error) => refuse(`${node} cannot be started: ${error.message}`))
  child.on('exit', (code, signal) => {
    // It had not come so far as to say so itself, or was in the middle of a query.
    if (signal === 'SIGINT') process.stderr.write('assay: The command was cancelled.\n')
    process.exit(code ?? 128 + (constants.signals[signal] ?? 0))
  })
}

/** The Node that `npm ci` brings as an optional package for this platform, undefined where there is none. */
function findPackagedNode() {
  const executable = process.platform === 'win32' ? 'node.exe' : 'node'
  const platform = process.platform === 'win32' ? 'win' : process.platform
  const name = `node-${platform}-${process.arch}`
  try {
    return createRequire(import.meta.url).resolve(`${name}/bin/${executable}`)
  } catch {
    const linked = join(root, 'node_modules', '.bin', executable)
    return existsSync(linked) ? linked : undefined
  }
}

function refuse(reason) {
  process.stderr.write(
    `Assay needs Node ${neededMajor} or newer, this is Node ${process.versions.node} (${process.execPath}); ${reason}.\n` +
      'On Linux and Windows `npm ci` (without --omit=optional) in the folder of Assay brings its own.\n' +
      'On macOS install Node 24 from https://nodejs.org, then try again.\n',
  )
  process.exit(3)
}

/**
 * Has Node keep what it compiles, here and in the processes that are started from here: Assay starts in half the time, also from its
 * sources. It lies within the installation, where nobody else can put anything; where that cannot be written, all is as without.
 * https://nodejs.org/api/module.html#module-compile-cache
 */
function keepCompiled() {
  process.env.NODE_COMPILE_CACHE ??= join(root, 'node_modules', '.cache', 'compiled')
  module.enableCompileCache(process.env.NODE_COMPILE_CACHE)
}

for (const signal of cancelSignals) process.on(signal, endCancelled)
if (Number.parseInt(process.versions.node, 10) >= neededMajor) {
  keepCompiled()
  const source = join(root, 'src', 'main', 'hosts', 'cli', 'main.ts')
  await import(pathToFileURL(existsSync(source) ? source : join(root, 'out', 'main', 'cli.js')).href)
} else if (process.env.ASSAY_PARENT) {
  refuse('the Node that was found in its place is too old as well')
} else {
  const node = findPackagedNode()
  if (node) continueOn(node)
  else refuse('no newer one is installed beside Assay')
}
