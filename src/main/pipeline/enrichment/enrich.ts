import { now } from '../../kernel/clock.ts'
import { inTransaction, type Connection } from '../../store/database.ts'
import type { EnrichmentConfig } from '../project/project-schema.ts'
import type { EnrichmentProvider } from './provider.ts'

interface Remembered {
  readonly status: 'enriched' | 'not_found' | 'failed'
  readonly answer: string
  readonly provider: string
  readonly expires_at: number
}

const dayMilliseconds = 86_400_000

/**
 * Answers for `keys`, from the provider and the workspace's cache. The provider's word counts; where it knows nothing, a good answer
 * counts until its time to live is over, and where it cannot say, whatever is remembered counts. Only what is new is remembered.
 */
export async function enrich(
  connection: Connection,
  config: EnrichmentConfig,
  provider: EnrichmentProvider,
  keys: Iterable<string>,
): Promise<void> {
  const recall = connection.prepare(
    'SELECT status, answer, provider, expires_at FROM assay_enrichment_answer WHERE enrichment = ? AND key = ?',
  )
  const remember = connection.prepare('INSERT OR REPLACE INTO assay_enrichment_answer VALUES (?, ?, ?, ?, ?, ?, ?)')
  const learned: (readonly [key: string, status: Remembered['status'], answer: string])[] = []
  for (const [key, fields] of provider.offered) learned.push([key, 'enriched', JSON.stringify(fields)])
  for (const key of keys) {
    if (provider.offered.has(key)) continue
    const known = recall.get(config.name, key) as Remembered | undefined
    if (known !== undefined && provider.trustsMemory) continue
    const isFresh = known !== undefined && known.expires_at > now()
    if (isFresh && known.provider === provider.identity && known.status !== 'failed') continue
    const answer = await provider.ask(key)
    if (answer.status === 'enriched') learned.push([key, 'enriched', JSON.stringify(answer.fields)])
    else if (answer.status === 'unavailable') {
      if (known === undefined) learned.push([key, 'failed', '{}'])
    } else if (!(isFresh && known.status === 'enriched')) learned.push([key, 'not_found', '{}'])
  }
  const at = now()
  inTransaction(connection, () => {
    for (const [key, status, answer] of learned)
      remember.run(
        config.name,
        key,
        status,
        answer,
        provider.identity,
        at,
        at + config.time_to_live_days * dayMilliseconds,
      )
  })
}
