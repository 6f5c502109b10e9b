/** What a provider says of one key. `unavailable`: it could not say; ask again later. */
export type ProviderAnswer =
  | { readonly status: 'enriched'; readonly fields: Readonly<Record<string, string | null>> }
  | { readonly status: 'not_found' }
  | { readonly status: 'unavailable' }

/** A service that knows more about a key. */
export interface EnrichmentProvider {
  /** Changes when the provider's answers may have changed: negative answers of another identity are asked for again. */
  readonly identity: string
  ask(key: string): Promise<ProviderAnswer>
}
