import { randomBytes } from 'node:crypto'
import { readFile, realpath } from 'node:fs/promises'
import { extname, isAbsolute, join, relative, sep } from 'node:path'

/** What a browser is told with every answer, whatever it is. */
export const securityHeaders = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
} as const

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/** Answers a request for a file of the workbench's page, by the path of its address; only what lies in `folder` is given out. */
export async function pageResponse(folder: string, path: string): Promise<Response> {
  const name = path === '/' ? '/index.html' : path
  const type = contentTypes[extname(name)]
  const file = type === undefined ? null : await fileInside(folder, name)
  if (type === undefined || file === null) return new Response('Not found', { status: 404, headers: securityHeaders })
  if (extname(name) === '.html') return htmlResponse(await readFile(file, 'utf8'), type)
  // Their names carry a hash of their content.
  const caching = name.startsWith('/assets/') ? 'private, max-age=31536000, immutable' : 'no-cache'
  return new Response(await readFile(file), {
    headers: { ...securityHeaders, 'content-type': type, 'cache-control': caching },
  })
}

/** Scripts come from files alone; the grid's own style sheets carry the nonce, which the page reads from its `csp-nonce`. */
function htmlResponse(html: string, type: string): Response {
  const nonce = randomBytes(16).toString('base64')
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
  return new Response(html.replace('<head>', `<head>\n    <meta name="csp-nonce" content="${nonce}" />`), {
    headers: {
      ...securityHeaders,
      'content-security-policy': policy,
      'content-type': type,
      'cache-control': 'no-store',
    },
  })
}

/** The file that a path means; null where there is none, or where it lies outside, by dots or by a link. */
async function fileInside(folder: string, path: string): Promise<string | null> {
  try {
    const root = await realpath(folder)
    const file = await realpath(join(root, decodeURIComponent(path)))
    const way = relative(root, file)
    return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way) ? null : file
  } catch {
    // Not there, not decodable, or no possible name: for the one who asks it is the same.
    return null
  }
}
