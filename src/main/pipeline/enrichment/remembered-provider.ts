import type { EnrichmentProvider } from './provider.ts'

/** A provider for runs that read no feeds: what is remembered counts, and what nobody was ever asked about is not known. */
export function createRememberedProvider(): EnrichmentProvider {
  return {
    identity: 'remembered',
    offered: new Map(),
    trustsMemory: true,
    ask: () => Promise.resolve({ status: 'not_found' }),
  }
}
