/** What one comes to a pane for, the first kind that it has. */
const worthwhile = [
  'a[aria-current]',
  '[role=grid] [role=gridcell]',
  '[aria-invalid=true]',
  'input, textarea',
  'a, button',
]

/** Moves the focus to the next pane of the screen, round and round. */
export function focusNextPane(): void {
  const panes = [...document.querySelectorAll<HTMLElement>('[data-pane]')].filter((pane) => pane.offsetParent !== null)
  // The innermost one: a pane may stand within another.
  const current = panes.findLastIndex((pane) => pane.contains(document.activeElement))
  const next = panes[(current + 1) % panes.length]
  if (next === undefined) return
  const inside = worthwhile.map((selector) => next.querySelector<HTMLElement>(selector)).find((found) => found !== null)
  ;(inside ?? next).focus()
}
