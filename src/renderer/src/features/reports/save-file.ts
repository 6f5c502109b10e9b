/** Gives a text to the browser as a file to keep; the desktop app asks where. */
export function saveFile(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/html;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The download has begun by then and keeps what it needs.
  window.setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
