#!/usr/bin/env node
// Plain JavaScript on purpose: it has to run, and to find a newer Node, on the Node versions that Assay itself does not run on.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const neededMajor = 24

/** Runs this file again on another Node, as if it were this process: its output, its signals, its exit code. */
function continueOn(node) {
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
    // The other one ends by itself when this process is killed in a way that it cannot pass on.
    env: { ...process.env, ASSAY_PARENT: String(process.pid) },
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => refuse(`${node} cannot be started: ${error.message}`))
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)))
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

if (Number.parseInt(process.versions.node, 10) >= neededMajor) {
  const source = join(root, 'src', 'main', 'hosts', 'cli', 'main.ts')
  await import(pathToFileURL(existsSync(source) ? source : join(root, 'out', 'main', 'cli.js')).href)
} else if (process.env.ASSAY_PARENT) {
  refuse('the Node that was found in its place is too old as well')
} else {
  const node = findPackagedNode()
  if (node) continueOn(node)
  else refuse('no newer one is installed beside Assay')
}
