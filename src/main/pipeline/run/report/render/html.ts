/** Markup that is safe to be put into the page as it is. */
export interface Html {
  readonly html: string
}

type Part = Html | string | number | null | readonly Part[]

/** Fills a template: texts and numbers are escaped, markup is taken as it is, null is nothing. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { html: strings.reduce((text, string, at) => text + textOf(parts[at - 1] ?? null) + string) }
}

function textOf(part: Part): string {
  if (part === null) return ''
  if (typeof part === 'number') return String(part)
  if (typeof part === 'string') return escape(part)
  return 'html' in part ? part.html : part.map(textOf).join('')
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Feeds are hostile: what is markup becomes text, and what could turn text around or hide it becomes visible. */
export function escape(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\u2028\u2029\u200E\u200F\u061C\u202A-\u202E\u2066-\u2069]/gu, (sign) =>
      sign === '\n' || sign === '\t' ? ' ' : String.raw`\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )
    .replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? sign)
}
