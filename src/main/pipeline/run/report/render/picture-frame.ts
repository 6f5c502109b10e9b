import { html, type Html } from './html.ts'

/** Which runs a picture is about, and which picture of the page it is. */
export interface PictureFrame {
  readonly before: number
  readonly after: number
  readonly number: number
}

export const pictureWidth = 510

interface Drawing {
  readonly title: string
  /** What the picture shows, for those who do not see it. */
  readonly description: string
  readonly height: number
  readonly marks: Html
  readonly key: Html
  readonly data: Html
}

/** A picture with its name, description and key, and its numbers as a table that opens. */
export function framePicture(
  { title, description, height, marks, key, data }: Drawing,
  { number }: PictureFrame,
): Html {
  const id = `picture-${number}`
  return html`<figure>
    <figcaption>${title} <span class="key">${key}</span></figcaption>
    <svg
      class="picture"
      role="img"
      aria-labelledby="${id}-title ${id}-description"
      viewBox="0 0 ${pictureWidth} ${height}"
      width="${pictureWidth}"
      height="${height}"
    >
      <title id="${id}-title">${title}</title>
      <desc id="${id}-description">${description}</desc>
      ${marks}
    </svg>
    <details>
      <summary>Numbers of this picture</summary>
      ${data}
    </details>
  </figure>`
}

/** What the bars of two runs look like. */
export function keyOfRuns({ before, after }: PictureFrame): Html {
  return html`<svg class="swatch" viewBox="0 0 14 10" width="14" height="10" aria-hidden="true" focusable="false">
      <rect class="bar-before" x="1" y="1" width="12" height="8" />
    </svg>
    run ${before}
    <svg class="swatch" viewBox="0 0 14 10" width="14" height="10" aria-hidden="true" focusable="false">
      <rect class="bar-after" x="1" y="1" width="12" height="8" />
    </svg>
    run ${after}`
}

/** A coordinate without digits that nobody sees. */
export function at(value: number): string {
  return String(Math.round(value * 10) / 10)
}
