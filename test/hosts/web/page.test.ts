import { symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startWebHost, type WebHost } from '../../../src/main/hosts/web/start-web-host.ts'
import { folderOf } from '../../helpers/feeds.ts'
import { createSampleService } from '../../protocol/sample-feature.ts'
import { signIn } from '../../protocol/web-endpoint.ts'
import { sendTo } from './send-to.ts'

const rendererFolder = resolve(import.meta.dirname, 'page')
let host: WebHost
let cookie: string

beforeAll(async () => {
  host = await startWebHost({ endpoint: createSampleService(), rendererFolder, port: 0 })
  ;({ cookie } = await signIn(host))
})
afterAll(() => host.close())

const get = (path: string) => sendTo(host, { path, headers: { cookie } })

test('has a policy with a nonce of its own each time, which it can read', async () => {
  const pages = [await get('/'), await get('/index.html')]
  const nonces = pages.map(({ headers, body }) => {
    const nonce = /<meta name="csp-nonce" content="([\w+/=]{24})" \/>/.exec(body)?.[1] ?? ''
    expect(headers['content-security-policy']).toBe(
      `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data:; font-src 'self' data:; ` +
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    )
    expect(headers['cache-control']).toBe('no-store')
    return nonce
  })
  expect(new Set(nonces).size).toBe(2)
})

test('every answer, also a refusal, tells the browser to be careful', async () => {
  for (const reply of [
    await get('/'),
    await get('/assets/page-abc123.js'),
    await get('/nothing'),
    await sendTo(host, {}),
  ]) {
    expect(reply.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'content-security-policy': expect.stringContaining("default-src 'none'") as string,
      'cache-control': expect.stringMatching(/./) as string,
    })
    expect(reply.headers['x-powered-by']).toBeUndefined()
  }
})

test('scripts come with their type', async () => {
  const { status, headers, body } = await get('/assets/page-abc123.js')
  expect(status).toBe(200)
  expect(headers['content-type']).toBe('text/javascript; charset=utf-8')
  expect(body).toContain('sample')
})

test.each([
  '/../web-security.test.ts',
  '/../../web/page/index.html.ts',
  '/..%2fweb-security.test.ts',
  '/%2e%2e/web-security.test.ts',
  '/%2e%2e%2f%2e%2e%2f%2e%2e%2fpackage.json',
  '/assets/../../web-security.test.ts',
  '/assets/..%2f..%2f..%2f..%2f..%2fpackage.json',
  '/..%5c..%5cpackage.json',
  '//etc/passwd',
  '/etc/passwd',
  '/%00.html',
  '/index.html%00.js',
  '/%',
  '/assets',
  '/assets/',
  '/.html',
])('%s leads nowhere', async (path) => {
  const { status, body } = await get(path)
  expect([400, 404]).toContain(status)
  expect(body).not.toMatch(/import|"name"|root:/)
})

test('a link does not lead out of the folder', async () => {
  const folder = folderOf({ 'index.html': '<head></head>' })
  const outside = folderOf({ 'secret.html': '<head>secret</head>' })
  symlinkSync(join(outside, 'secret.html'), join(folder, 'link.html'))
  symlinkSync(outside, join(folder, 'folder'))
  const linked = await startWebHost({ endpoint: createSampleService(), rendererFolder: folder, port: 0 })
  try {
    const { cookie: ownCookie } = await signIn(linked)
    const statusOf = async (path: string) =>
      (await fetch(`http://127.0.0.1:${linked.port}${path}`, { headers: { cookie: ownCookie } })).status
    expect(await statusOf('/')).toBe(200)
    expect(await statusOf('/link.html')).toBe(404)
    expect(await statusOf('/folder/secret.html')).toBe(404)
  } finally {
    await linked.close()
  }
})
