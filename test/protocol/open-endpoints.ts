import { EventEmitter } from 'node:events'
import { basename, resolve } from 'node:path'
import { relayPage } from '../../src/main/hosts/desktop/relay-page.ts'
import { forkNode } from '../../src/main/hosts/engine/fork-node-process.ts'
import type { ForkedProcess } from '../../src/main/hosts/engine/forked-process.ts'
import { startEngine, type Engine } from '../../src/main/hosts/engine/start-engine.ts'
import { startWebHost } from '../../src/main/hosts/web/start-web-host.ts'
import { createBridge, eventChannel } from '../../src/main/protocol/bridge.ts'
import type { Endpoint } from '../../src/main/protocol/endpoint.ts'
import type { Answer, Event } from '../../src/main/protocol/wire.ts'
import { createSampleService } from './sample-feature.ts'
import { openWebEndpoint } from './web-endpoint.ts'

type Opened = Endpoint & AsyncDisposable

/** The sample feature within this process. */
export async function openDirect(lines: string[]): Promise<Opened> {
  return { ...createSampleService(lines), [Symbol.asyncDispose]: async () => undefined }
}

/** Starts the sample engine as a process, kept in `forked`; rejects as it refuses the workspace `damaged`. */
export function startSampleEngine(
  lines: string[] = [],
  workspaceFolder = 'any',
  forked: ForkedProcess[] = [],
): Promise<Engine> {
  const input = { projectFolder: 'any', workspaceFolder, host: { kind: 'web' as const, has_folder_dialog: false } }
  return startEngine(
    input,
    () => {
      const child = forkNode(new URL('./sample-engine.ts', import.meta.url))
      forked.push(child)
      return child
    },
    (level, message) => void lines.push(`${level} ${message}`),
  )
}

/** The sample feature in an engine process. */
export async function openProcess(lines: string[]): Promise<Opened> {
  const engine = await startSampleEngine(lines)
  return { ...engine, [Symbol.asyncDispose]: async () => engine.stop() }
}

/** The sample feature behind a web host, as its page sees it. */
export async function openWeb(lines: string[]): Promise<Opened> {
  const rendererFolder = resolve(import.meta.dirname, '../hosts/web/page')
  const host = await startWebHost({ endpoint: createSampleService(lines), rendererFolder, port: 0 })
  const endpoint = await openWebEndpoint(host)
  return {
    ...endpoint,
    async [Symbol.asyncDispose]() {
      endpoint.close()
      await host.close()
    },
  }
}

/** The sample feature behind the desktop app's relay and bridge; only Electron's own message passing is played by this function. */
export async function openElectron(lines: string[]): Promise<Opened> {
  const service = createSampleService(lines)
  let handler: ((sender: string, method: unknown, input: unknown) => Promise<Answer>) | undefined
  relayPage(
    { handle: (_channel, answer) => void (handler = answer) },
    (sender: string) => sender === 'our page',
    service,
  )
  const toPage = new EventEmitter()
  service.listen((event) => toPage.emit(eventChannel, structuredClone(event)))
  const bridge = createBridge(
    {
      async invoke(_channel, method, input) {
        if (handler === undefined) throw new Error('nobody handles calls')
        return structuredClone(await handler('our page', structuredClone(method), structuredClone(input)))
      },
      listen(channel, listener: (event: Event) => void) {
        toPage.on(channel, listener)
        return () => void toPage.off(channel, listener)
      },
    },
    (file) => `/home/person/${basename(file.name)}`,
  )
  return {
    call: (method, input) =>
      bridge.call(method, input).then(
        (output): Answer => ({ ok: true, output }),
        (error: unknown): Answer => ({ ok: false, error: error as Extract<Answer, { ok: false }>['error'] }),
      ),
    listen(listener) {
      const topics = ['sample.counted', 'sample.other']
      const stops = topics.map((topic) => bridge.subscribe(topic, (payload) => listener({ topic, payload })))
      return () => {
        for (const stop of stops) stop()
      }
    },
    [Symbol.asyncDispose]: async () => undefined,
  }
}
