import { now } from '../../kernel/clock.ts'
import { inTransaction, type Connection } from '../../store/database.ts'
import { isLiving } from '../../store/versioned-table.ts'
import type { EnrichmentConfig } from '../project/project-schema.ts'
import type { EnrichmentProvider } from './provider.ts'

interface Remembered {
  readonly version: number
  readonly status: 'enriched' | 'not_found' | 'failed'
  readonly answer: string
  readonly provider: string
  readonly expires_at: number
}

const dayMilliseconds = 86_400_000

/**
 * Answers for `keys`, from the provider and the workspace's cache. The provider's word counts; where it knows nothing, a good answer
 * counts until its time to live is over, and where it cannot say, whatever is remembered counts. Only what is new is remembered, as
 * versions of the run: what came with a delivery goes back with it.
 */
export async function enrich(
  connection: Connection,
  runId: number,
  config: EnrichmentConfig,
  provider: EnrichmentProvider,
  keys: Iterable<string>,
): Promise<void> {
  const recall = connection.prepare(
    `SELECT version, status, answer, provider, expires_at FROM assay_enrichment_answer WHERE enrichment = ? AND key = ? AND ${isLiving}`,
  )
  const prolong = connection.prepare(
    'UPDATE assay_enrichment_answer SET provider = ?, fetched_at = ?, expires_at = ? WHERE version = ?',
  )
  const close = connection.prepare('UPDATE assay_enrichment_answer SET to_run = ? WHERE version = ?')
  const remember = connection.prepare(
    `INSERT INTO assay_enrichment_answer (from_run, enrichment, key, status, answer, provider, fetched_at, expires_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  )
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
    for (const [key, status, answer] of learned) {
      const known = recall.get(config.name, key) as Remembered | undefined
      const until = at + config.time_to_live_days * dayMilliseconds
      if (known?.status === status && known.answer === answer) {
        prolong.run(provider.identity, at, until, known.version)
        continue
      }
      if (known !== undefined) close.run(runId, known.version)
      remember.run(runId, config.name, key, status, answer, provider.identity, at, until)
    }
  })
}
