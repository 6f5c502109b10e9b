/** The nonce that lets the grid's own style sheets pass the page's policy; the host writes it into each page it serves. */
export function cspNonce(): string | undefined {
  return document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content
}
