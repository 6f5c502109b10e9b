import { html, type Html } from './html.ts'

export type MarkLevel = 'good' | 'attention' | 'bad' | 'plain'

const shapes: Readonly<Record<MarkLevel, Html>> = {
  good: html`<circle cx="8" cy="8" r="7" /><path d="M4.8 8.3l2.2 2.2 4.2-4.8" />`,
  attention: html`<path d="M8 1.5L15 14.2H1z" /><path d="M8 6v4M8 11.8v.6" />`,
  bad: html`<circle cx="8" cy="8" r="7" /><path d="M5.3 5.3l5.4 5.4M10.7 5.3l-5.4 5.4" />`,
  plain: html`<circle cx="8" cy="8" r="7" /><path d="M5 8h6" />`,
}

/** A state as icon and word; colour comes on top. */
export function mark(level: MarkLevel, word: string): Html {
  return html`<span class="mark mark-${level}"
    ><svg class="icon" viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" focusable="false">
      ${shapes[level]}
    </svg>
    ${word}</span
  >`
}
