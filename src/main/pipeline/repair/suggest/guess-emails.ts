import { parseEmail } from '../../contract/parse-email.ts'
import type { Domains } from './near-domains.ts'
import type { Guess } from './suggestion.ts'

interface Step {
  readonly what: string
  readonly confidence: number
  apply(text: string): string
}

const steps: readonly Step[] = [
  {
    what: 'what stands around the address is left out',
    confidence: 0.97,
    apply: (text) => /<([^<>]*@[^<>]*)>/.exec(text)?.[1] ?? text,
  },
  {
    what: 'what stands around the address is left out',
    confidence: 0.97,
    apply: (text) => text.replace(/^mailto:/, ''),
  },
  {
    what: 'words stand for signs',
    confidence: 0.9,
    apply: (text) => text.replace(/\s*[([]at[)\]]\s*|\s+at\s+/, '@').replaceAll(/\s*[([]dot[)\]]\s*|\s+dot\s+/g, '.'),
  },
  { what: 'white space is left out', confidence: 0.95, apply: (text) => text.replaceAll(/\s+/g, '') },
  {
    what: 'signs around it are left out',
    confidence: 0.95,
    apply: (text) => text.replaceAll(/^[.,;:<>"'()[\]]+|[.,;:<>"'()[\]]+$/g, ''),
  },
  { what: 'the @ stands twice', confidence: 0.95, apply: (text) => text.replaceAll(/@{2,}/g, '@') },
  { what: 'a comma stands for a dot', confidence: 0.92, apply: (text) => text.replaceAll(/[,;]/g, '.') },
  {
    what: 'a dot is too many',
    confidence: 0.9,
    apply: (text) => text.replaceAll(/\.{2,}/g, '.').replace(/\.?@\.?/, '@'),
  },
  { what: 'letters have accents', confidence: 0.6, apply: (text) => text.normalize('NFKD').replaceAll(/\p{Mn}/gu, '') },
]

const topLevels = ['com', 'org', 'net', 'edu', 'gov', 'io', 'us']

/** The addresses that a text which is none may mean. */
export function guessEmails(text: string, domains: Domains): readonly Guess[] {
  let address = text.toLowerCase()
  let confidence = 1
  const done: string[] = []
  for (const step of steps) {
    const next = step.apply(address)
    if (next === address) continue
    address = next
    confidence *= step.confidence
    if (!done.includes(step.what)) done.push(step.what)
  }
  const parts = address.split('@')
  const [local = '', domain = ''] = parts
  if (parts.length > 2) return []
  if (parts.length === 1) return guessAt(address, domains, confidence, done)
  return guessDomain(local, domain, domains, confidence, done)
}

/** The texts that a domain which is none may mean. */
export function guessDomainNames(text: string): readonly Guess[] {
  const domain = text
    .toLowerCase()
    .replaceAll(/\s+/g, '')
    .replace(/^(?:[a-z]+:\/\/)?(?:[^@/]*@)?(?:www\.)?/, '')
    .replace(/[/?#].*$/, '')
    .replaceAll(/[,;]/g, '.')
    .replaceAll(/\.{2,}/g, '.')
    .replaceAll(/^\.|\.$/g, '')
  return [
    { value: domain, reason: `What does not belong to a domain is left out: read as ${domain}.`, confidence: 0.9 },
  ]
}

/** The known domains that are near one that no company has, each with its address. */
export function guessNearDomains(email: string, domains: Domains): readonly Guess[] {
  const at = email.indexOf('@')
  const domain = email.slice(at + 1)
  const near = domains.near(domain)
  return near.map((found) => ({
    value: `${email.slice(0, at)}@${found.domain}`,
    reason: `${domain} is nearly ${found.domain}, which is known.`,
    confidence: (found.misses === 1 ? 0.85 : 0.65) / near.length,
  }))
}

function guessAt(text: string, domains: Domains, confidence: number, done: readonly string[]): readonly Guess[] {
  const domain = domains.endOf(text)
  if (domain === undefined) return []
  const local = text.slice(0, -domain.length).replace(/[^a-z0-9]+$/, '')
  return read(local, domain, confidence * 0.85, [...done, `the @ before ${domain} is missing`])
}

function guessDomain(
  local: string,
  domain: string,
  domains: Domains,
  confidence: number,
  done: readonly string[],
): readonly Guess[] {
  const dotted = domain.includes('.') ? undefined : domains.withoutDots(domain)
  if (dotted !== undefined) return read(local, dotted, confidence * 0.9, [...done, `a dot in ${dotted} is missing`])
  if (domains.isKnown(domain)) return read(local, domain, confidence, done)
  const near = domains.near(domain)
  const nearly = near.flatMap((found) =>
    read(local, found.domain, (confidence * (found.misses === 1 ? 0.85 : 0.65)) / near.length, [
      ...done,
      `${domain} is nearly ${found.domain}`,
    ]),
  )
  const ending = domain.includes('.')
    ? undefined
    : topLevels.find((name) => domain.length > name.length + 1 && domain.endsWith(name))
  const asGiven =
    ending === undefined
      ? read(local, domain, confidence * (near.length > 0 ? 0.3 : 0.9), done)
      : read(local, `${domain.slice(0, -ending.length)}.${ending}`, confidence * 0.6, [...done, 'a dot is missing'])
  return [...nearly, ...asGiven]
}

function read(local: string, domain: string, confidence: number, done: readonly string[]): readonly Guess[] {
  const value = parseEmail(`${local}@${domain}`)
  if (value === undefined || done.length === 0) return []
  const why = done.join(', ')
  return [{ value, reason: `${why.charAt(0).toUpperCase()}${why.slice(1)}: read as ${value}.`, confidence }]
}
