/** Moves the focus to the next pane of the screen, round and round. */
export function focusNextPane(): void {
  const panes = [...document.querySelectorAll<HTMLElement>('[data-pane]')].filter((pane) => pane.offsetParent !== null)
  const current = panes.findIndex((pane) => pane.contains(document.activeElement))
  const next = panes[(current + 1) % panes.length]
  if (next === undefined) return
  const inside = next.querySelector<HTMLElement>('a[aria-current], [role=grid] [role=gridcell], input, a, button')
  ;(inside ?? next).focus()
}
