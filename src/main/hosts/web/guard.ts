import { getCookie, setCookie } from 'hono/cookie'
import { createMiddleware } from 'hono/factory'
import type { MiddlewareHandler } from 'hono'
import { reportError } from '../../kernel/report-error.ts'
import { AppError, type ErrorFacts } from '../../kernel/app-error.ts'
import type { Secret } from './credentials.ts'

/** A page of another name that leads here (DNS rebinding) is no page of ours: only these names for this machine are answered. */
export function allowOwnHost(port: () => number): MiddlewareHandler {
  return createMiddleware(async (context, next) => {
    const names = ['127.0.0.1', 'localhost', '[::1]'].map((name) => `${name}:${port()}`)
    if (!names.includes(context.req.header('host') ?? ''))
      return refuse(403, 'This address is not one that Assay answers to.')
    return next()
  })
}

/** What may change something, or opens a socket, has to come from our own page; browsers say where from, always. */
export function allowOwnOrigin(): MiddlewareHandler {
  return createMiddleware(async (context, next) => {
    const { method } = context.req
    const isUpgrade = context.req.header('upgrade') !== undefined
    if ((method === 'GET' || method === 'HEAD') && !isUpgrade) return next()
    const isOwn = context.req.header('origin') === `http://${context.req.header('host')}`
    return isOwn ? next() : refuse(403, 'Only the page of the workbench may ask this.')
  })
}

/**
 * Lets in who has the cookie. Who has the token of the printed address is given the cookie and sent on, so that the token does not
 * stay in the address.
 */
export function allowSignedIn(port: () => number, token: Secret, session: Secret): MiddlewareHandler {
  // Cookies do not know ports: each running host needs a name of its own.
  const cookieName = () => `assay_${port()}`
  return createMiddleware(async (context, next) => {
    const given = context.req.query('token')
    if (given !== undefined && context.req.method === 'GET' && context.req.path === '/') {
      if (!(await token.isGuessedBy(given))) return signedOut()
      setCookie(context, cookieName(), session.value, { httpOnly: true, sameSite: 'Strict', path: '/' })
      return context.redirect('/', 303)
    }
    const cookie = getCookie(context, cookieName())
    return cookie !== undefined && (await session.isGuessedBy(cookie)) ? next() : signedOut()
  })
}

function signedOut(): Response {
  return refuse(401, 'This page is not signed in.', {
    saved: 'Nothing was changed.',
    hint: 'Open the address that `assay serve` printed, with its token.',
  })
}

/** An answer as the page's transport expects it, which a person can read too. */
export function refuse(status: 400 | 401 | 403 | 413 | 415, message: string, facts: ErrorFacts = {}): Response {
  const code = status === 401 || status === 403 ? 'PERMISSION' : 'INPUT_INVALID'
  return Response.json({ ok: false, error: reportError(new AppError(code, message, facts)) }, { status })
}
