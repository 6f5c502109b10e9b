import { typingDistance } from '../edit-distance.ts'

/** Where people have their private mail. */
const mailProviders = ['gmail.com', 'yahoo.com', 'hotmail.com', 'outlook.com', 'icloud.com', 'aol.com']
const shortDomain = 8
const rememberedDomains = 10_000

export interface NearDomain {
  readonly domain: string
  /** Letters that are wrong: 1 or 2. */
  readonly misses: number
}

export interface Domains {
  /** Whether it belongs to a company or to a provider of mail. */
  isKnown(domain: string): boolean
  /** The nearest known domains that a mistyped one may mean; none for a known one. */
  near(domain: string): readonly NearDomain[]
  /** The known domain that is this one but for its dots. */
  withoutDots(letters: string): string | undefined
  /** The known domain that the text ends with. */
  endOf(text: string): string | undefined
}

/** Looks domains up among those of companies and of providers of mail. */
export function compileDomains(ofCompanies: readonly string[]): Domains {
  const known = new Set([...ofCompanies, ...mailProviders])
  const byLetters = new Map([...known].map((domain) => [domain.replaceAll('.', ''), domain]))
  const remembered = new Map<string, readonly NearDomain[]>()

  function search(domain: string): readonly NearDomain[] {
    if (known.has(domain)) return []
    const most = domain.length < shortDomain ? 1 : 2
    const found = [...known].flatMap((other) => {
      const misses = typingDistance(domain, other, most)
      return misses <= most ? [{ domain: other, misses }] : []
    })
    const least = Math.min(...found.map(({ misses }) => misses))
    return found.filter(({ misses }) => misses === least)
  }

  return {
    isKnown: (domain) => known.has(domain),
    withoutDots: (letters) => byLetters.get(letters),
    endOf: (text) => {
      for (let at = 1; at < text.length; at += 1) if (known.has(text.slice(at))) return text.slice(at)
      return undefined
    },
    near: (domain) => {
      const before = remembered.get(domain)
      if (before !== undefined) return before
      const found = search(domain)
      if (remembered.size < rememberedDomains) remembered.set(domain, found)
      return found
    },
  }
}
