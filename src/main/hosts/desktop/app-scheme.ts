import { protocol } from 'electron'
import { pageResponse } from '../engine/page-response.ts'

const scheme = 'app'
const host = 'assay'

/** The origin of the workbench's page. */
export const appOrigin = `${scheme}://${host}`

/** Makes the page's scheme one like https, with origins and paths; to be called before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

/** Answers the page's requests from its folder, and no other. */
export function serveAppScheme(rendererFolder: string): void {
  protocol.handle(scheme, (request) => {
    const { host: asked, pathname } = new URL(request.url)
    if (asked !== host || request.method !== 'GET') return new Response('Not found', { status: 404 })
    return pageResponse(rendererFolder, pathname)
  })
}
