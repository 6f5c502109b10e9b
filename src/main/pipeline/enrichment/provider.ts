/** What a provider says of one key. `unavailable`: it could not say; ask again later. */
export type ProviderAnswer =
  | { readonly status: 'enriched'; readonly fields: Readonly<Record<string, string | null>> }
  | { readonly status: 'not_found' }
  | { readonly status: 'unavailable' }

/** A service that knows more about a key. */
export interface EnrichmentProvider {
  /** Changes when the provider's answers may have changed: negative answers of another identity are asked for again. */
  readonly identity: string
  /** Answers that are at hand without asking; they are remembered even for keys that nobody asks for yet. */
  readonly offered: ReadonlyMap<string, Readonly<Record<string, string | null>>>
  /** Whether whatever is remembered counts, however old. */
  readonly trustsMemory: boolean
  ask(key: string): Promise<ProviderAnswer>
}
