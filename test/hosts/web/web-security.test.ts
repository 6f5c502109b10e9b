import { once } from 'node:events'
import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { startWebHost, type WebHost } from '../../../src/main/hosts/web/start-web-host.ts'
import { maxMessageLength } from '../../../src/main/protocol/wire.ts'
import { createSampleService } from '../../protocol/sample-feature.ts'
import { signIn } from '../../protocol/web-endpoint.ts'
import { sendTo, type Sent } from './send-to.ts'

const rendererFolder = resolve(import.meta.dirname, 'page')
let host: WebHost
let cookie: string
let origin: string

beforeAll(async () => {
  host = await startWebHost({ endpoint: createSampleService(), rendererFolder, port: 0 })
  ;({ cookie, origin } = await signIn(host))
})
afterAll(() => host.close())

const send = (sent: Sent) => sendTo(host, sent)

const json = { 'content-type': 'application/json' }
const add = JSON.stringify({ method: 'sample.add', input: { numbers: [1, 2] } })

/** The status that an attempt to open the socket of events ends with; 101 when it opens. */
async function upgrade(headers: Record<string, string>, path = '/api/events'): Promise<number> {
  const socket = new WebSocket(`ws://127.0.0.1:${host.port}${path}`, { headers })
  try {
    return await new Promise((settle) => {
      socket.on('open', () => settle(101))
      socket.on('unexpected-response', (_request, response) => settle(response.statusCode ?? 0))
      socket.on('error', () => settle(0))
    })
  } finally {
    socket.terminate()
  }
}

describe('signing in', () => {
  test('the token of the printed address is 256 bits, and gives way to a cookie that no script and no other page can use', async () => {
    expect(host.url).toBe(`http://127.0.0.1:${host.port}/?token=${host.token}`)
    expect(Buffer.from(host.token, 'base64url')).toHaveLength(32)
    const { status, headers } = await send({ path: `/?token=${host.token}` })
    expect(status).toBe(303)
    expect(headers.location).toBe('/')
    expect(headers['set-cookie']).toEqual([
      expect.stringMatching(new RegExp(`^assay_${host.port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict$`)),
    ])
    expect(String(headers['set-cookie'])).not.toContain(host.token)
  })

  test.each(['', 'x', 'A'.repeat(43)])('the token %j is wrong', async (token) => {
    const { status, headers } = await send({ path: `/?token=${token}` })
    expect(status).toBe(401)
    expect(headers['set-cookie']).toBeUndefined()
  })

  test.each(['/', '/index.html', '/assets/page-abc123.js', '/api/call', '/api/events', '/nothing'])(
    '%s is not given out without the cookie',
    async (path) => {
      for (const headers of [
        {},
        { cookie: `assay_${host.port}=${'A'.repeat(43)}` },
        { cookie: `other=${cookie.split('=')[1]}` },
      ]) {
        expect((await send({ path, headers })).status).toBe(401)
      }
    },
  )

  test('the token counts only where the address is opened', async () => {
    expect((await send({ path: `/index.html?token=${host.token}` })).status).toBe(401)
    expect((await send({ path: `/?token=${host.token}`, method: 'POST', headers: { origin } })).status).toBe(401)
  })

  test('a call without the cookie is refused, in the form that the page expects', async () => {
    const { status, body } = await send({ path: '/api/call', method: 'POST', headers: { ...json, origin }, body: add })
    expect(status).toBe(401)
    expect(JSON.parse(body)).toMatchObject({
      ok: false,
      error: { code: 'PERMISSION', hint: expect.stringContaining('assay serve') as string },
    })
  })
})

describe('names', () => {
  const foreign = () => [
    'evil.example',
    `evil.example:${host.port}`,
    '127.0.0.1',
    `127.0.0.1:${host.port + 1}`,
    `127.0.0.1.evil.example:${host.port}`,
    `LOCALHOST.:${host.port}`,
    `0.0.0.0:${host.port}`,
    `127.0.0.1:${host.port}@evil.example`,
  ]

  test('a page of another name that leads here is refused before all else', async () => {
    for (const name of foreign()) {
      for (const path of ['/', '/assets/page-abc123.js', `/?token=${host.token}`]) {
        const { status, headers } = await send({ path, headers: { host: name, cookie } })
        expect([400, 403], `${name} ${path}`).toContain(status)
        expect(headers['set-cookie']).toBeUndefined()
      }
      expect([400, 403]).toContain(
        (
          await send({
            path: '/api/call',
            method: 'POST',
            headers: { ...json, host: name, cookie, origin: `http://${name}` },
            body: add,
          })
        ).status,
      )
      expect([0, 400, 403]).toContain(await upgrade({ host: name, cookie, origin: `http://${name}` }))
    }
  })

  test('this machine is answered to by all three of its names', async () => {
    for (const name of ['127.0.0.1', 'localhost', '[::1]']) {
      expect((await send({ headers: { host: `${name}:${host.port}`, cookie } })).status).toBe(200)
    }
  })

  test('only this machine is listened to', async () => {
    const others = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? [])
    for (const { address } of others.filter(({ internal, family }) => !internal && family === 'IPv4')) {
      const socket = connect(host.port, address)
      await expect(once(socket, 'connect'), address).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    }
  })
})

describe('origins', () => {
  const call = (headers: Record<string, string>) =>
    send({ path: '/api/call', method: 'POST', headers: { cookie, ...headers }, body: add })

  test('our own page is answered', async () => {
    const { status, body, headers } = await call({ ...json, origin })
    expect(status).toBe(200)
    expect(JSON.parse(body)).toEqual({ ok: true, output: { sum: 3, note: 'none' } })
    expect(headers['cache-control']).toBe('no-store')
    expect(await upgrade({ cookie, origin })).toBe(101)
  })

  test.each([
    ['none', {}],
    ['null', { origin: 'null' }],
    ['another site', { origin: 'https://evil.example' }],
    ['another port', { origin: 'http://127.0.0.1:1' }],
    ['another scheme', { origin: 'https://127.0.0.1' }],
  ])('%s is refused for calls and for the socket', async (_name, headers) => {
    expect((await call({ ...json, ...headers })).status).toBe(403)
    expect(await upgrade({ cookie, ...headers })).toBe(403)
  })

  test('the socket needs the cookie, and its own path', async () => {
    expect(await upgrade({ origin })).toBe(401)
    expect(await upgrade({ cookie: `assay_${host.port}=wrong`, origin })).toBe(401)
    expect(await upgrade({ cookie, origin }, '/')).not.toBe(101)
    expect(await upgrade({ cookie, origin }, '/api/call')).not.toBe(101)
  })

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', ''])(
    'a call as a form could send it (%s) is refused',
    async (type) => expect((await call({ 'content-type': type, origin })).status).toBe(415),
  )

  test('nothing is promised to other origins', async () => {
    const headers = { cookie, origin: 'https://evil.example', 'access-control-request-method': 'POST' }
    for (const method of ['OPTIONS', 'PUT', 'DELETE', 'PATCH']) {
      const reply = await send({ path: '/api/call', method, headers })
      expect(reply.status).toBe(403)
      expect(Object.keys(reply.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
    }
  })

  test('a GET calls nothing', async () => {
    expect((await send({ path: `/api/call?method=sample.add`, headers: { cookie } })).status).toBe(404)
  })
})

describe('messages', () => {
  const post = (body: string) => send({ path: '/api/call', method: 'POST', headers: { ...json, cookie, origin }, body })

  test.each(['', '{', '[]', 'null', '{"input":{}}', '{"method":7}', '"text"'])('%j is no call', async (body) => {
    const { status, body: answer } = await post(body)
    expect(status).toBe(400)
    expect(JSON.parse(answer)).toMatchObject({ ok: false, error: { code: 'INPUT_INVALID' } })
  })

  test('a call above the cap is refused', async () => {
    const response = await fetch(`http://127.0.0.1:${host.port}/api/call`, {
      method: 'POST',
      headers: { ...json, cookie, origin },
      body: JSON.stringify({ method: 'sample.echo', input: { value: 'x'.repeat(maxMessageLength) } }),
    })
    expect(response.status).toBe(413)
  })

  test('a page that talks on the socket of events, or floods it, harms nobody', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${host.port}/api/events`, { headers: { cookie, origin } })
    socket.on('error', () => undefined)
    await once(socket, 'open')
    socket.send('{"anything":1}')
    socket.send('x'.repeat(1_000_000))
    await once(socket, 'close')
    expect((await post(add)).status).toBe(200)
  })
})

test('two hosts on one machine do not sign each other out', async () => {
  const other = await startWebHost({ endpoint: createSampleService(), rendererFolder, port: 0 })
  try {
    const { cookie: otherCookie } = await signIn(other)
    expect((await send({ headers: { cookie: `${cookie}; ${otherCookie}` } })).status).toBe(200)
    expect((await send({ headers: { cookie: otherCookie } })).status).toBe(401)
  } finally {
    await other.close()
  }
})

test('a port that is taken is said so', async () => {
  await expect(
    startWebHost({ endpoint: createSampleService(), rendererFolder, port: host.port }),
  ).rejects.toMatchObject({
    code: 'ENVIRONMENT',
    message: `Port ${host.port} is in use by another program.`,
  })
})
