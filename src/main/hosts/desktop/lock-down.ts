import { app, session } from 'electron'

/** Permissions of the page; copying from a grid is the only one that it needs. */
const allowedPermissions: readonly string[] = ['clipboard-sanitized-write']

/** Keeps every page of the app where it is: no navigation, no windows, no embedded pages, no permissions. */
export function lockDown(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => event.preventDefault())
    contents.on('will-redirect', (event) => event.preventDefault())
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  })
  const { defaultSession } = session
  defaultSession.setPermissionRequestHandler((_contents, permission, decide) =>
    decide(allowedPermissions.includes(permission)),
  )
  defaultSession.setPermissionCheckHandler((_contents, permission) => allowedPermissions.includes(permission))
}
