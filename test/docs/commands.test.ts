import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { findCommands, findUntaggedBlocks } from '../../scripts/docs/find-commands.ts'
import { createProgram } from '../../src/main/hosts/cli/program.ts'

const root = resolve(import.meta.dirname, '../..')
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> }
const documents = ['README.md', ...readdirSync(join(root, 'docs')).flatMap((name) => inDocs(name))]

const folder = mkdtempSync(join(tmpdir(), 'assay-docs-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Commands that are only looked up, since they cannot run within a test. */
const notRun = new Map([
  ['npm ci', 'installs packages from the network; a person or CI has done it before any test runs'],
  ['npm test', 'runs this very test'],
])

function inDocs(name: string): readonly string[] {
  return name.endsWith('.md') ? [`docs/${name}`] : []
}

/** What npm would run for `npm start` or `npm run -s NAME -- ARGS`, with Assay named by its full path. */
function resolveScript(command: string): string {
  const [, name = '', args = ''] = /^npm (?:run (?:-s )?)?([\w:-]+)(?: -- (.*))?$/.exec(command) ?? []
  const script = scripts[name]
  if (!script?.startsWith('node bin/assay.mjs')) throw new Error(`No script of package.json runs this: ${command}`)
  return `${script.replace('node bin/assay.mjs', `'${process.execPath}' '${join(root, 'bin/assay.mjs')}'`)} ${args}`
}

/** Runs a command in `cwd`; a host that serves until it is stopped is stopped when it has printed its address. */
async function run(command: string, cwd: string): Promise<{ code: number | null; stderr: string; stdout: string }> {
  const env = { ...process.env, HOME: join(cwd, '..', 'home'), DISPLAY: undefined, WAYLAND_DISPLAY: undefined }
  // The shell gives way to Node, so that the signal reaches it.
  const child = spawn('sh', ['-c', `exec ${resolveScript(command)}`], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let [stdout, stderr] = ['', '']
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString()
    if (isHost(command) && stdout.includes('http://127.0.0.1:')) child.kill('SIGTERM')
  })
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, stdout, stderr }
}

function isHost(command: string): boolean {
  return command === 'npm start' || / -- serve\b/.test(command)
}

function missingInProgram(command: string): string | undefined {
  const words = command.split(/\s+/).slice(1)
  let at = createProgram()
  for (const word of words) {
    if (word.startsWith('--')) {
      if (!at.options.some((option) => option.long === word)) return `${at.name()} has no option ${word}`
    } else if (at.name() === 'help') {
      return missingInProgram(`assay ${words.slice(1).join(' ')}`)
    } else if (at.commands.length > 0) {
      const next = at.commands.find((one) => one.name() === word)
      if (!next) return `${at.name()} has no command ${word}`
      at = next
    }
  }
  return undefined
}

describe.each(documents)('%s', (path) => {
  const markdown = readFileSync(join(root, path), 'utf8')
  const commands = findCommands(markdown)

  test('names the language of each block', () => {
    expect(findUntaggedBlocks(markdown)).toEqual([])
  })

  test('names only commands, options and scripts that exist', () => {
    const wrong = commands.flatMap(({ text: command, line, kind }) => {
      if (kind === 'block') return []
      const script = command.replace('npm run ', '')
      const missing = command.startsWith('assay ') ? missingInProgram(command) : scripts[script] === undefined && script
      return missing ? [`${path}:${line}: ${missing}`] : []
    })
    expect(wrong).toEqual([])
  })
})

/** The commands of a document's blocks, in order. */
function commandsToRun(path: string): readonly string[] {
  const blocks = findCommands(readFileSync(join(root, path), 'utf8')).filter(({ kind }) => kind === 'block')
  return blocks.flatMap(({ text }) => text.split(' && ')).filter((command) => !notRun.has(command))
}

test.each(documents.filter((path) => commandsToRun(path).length > 0))(
  'the commands of %s work one after the other in an empty folder',
  async (path) => {
    const cwd = join(folder, path.replaceAll('/', '-'))
    mkdirSync(cwd)
    mkdirSync(join(folder, 'home'), { recursive: true })
    // A clone has the sample feeds there; they are only read.
    symlinkSync(join(root, 'resources'), join(cwd, 'resources'))
    for (const command of commandsToRun(path)) {
      const { code, stdout, stderr } = await run(command, cwd)
      expect({ command, code, stderr: code === 0 ? '' : stderr }).toEqual({ command, code: 0, stderr: '' })
      if (isHost(command)) expect(stdout).toContain('http://127.0.0.1:')
    }
  },
  // About twenty processes one after the other take long where the machine is busy with others.
  600_000,
)

test('the command line says what it lacks', () => {
  expect(missingInProgram('assay doctor --prove')).toBeUndefined()
  expect(missingInProgram('assay help quarantine fix')).toBeUndefined()
  expect(missingInProgram('assay quarantine mend')).toBe('quarantine has no command mend')
  expect(missingInProgram('assay doctor --cure')).toBe('doctor has no option --cure')
})
