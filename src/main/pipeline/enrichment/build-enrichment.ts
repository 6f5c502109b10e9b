import { quoteName, quoteText, type Connection } from '../../store/database.ts'
import { isLiving, noteFirstVersion } from '../../store/versioned-table.ts'
import { buildTable } from '../model/build-table.ts'
import { enrichmentColumns, type ModelCompiler } from '../model/compile-model.ts'
import type { EnrichmentConfig } from '../project/project-schema.ts'
import { enrich } from './enrich.ts'
import type { EnrichmentProvider } from './provider.ts'

/** Asks for the keys that the enrichment's model gives and brings its table to the answers. Returns how many row versions changed. */
export async function buildEnrichment(
  connection: Connection,
  runId: number,
  config: EnrichmentConfig,
  compiler: ModelCompiler,
  provider: EnrichmentProvider,
): Promise<number> {
  const key = quoteName(config.keys.column)
  const keys = `SELECT DISTINCT ${key} AS key FROM ${compiler.relation(config.keys.model)} WHERE ${key} IS NOT NULL`
  noteFirstVersion(connection, runId, 'assay_enrichment_answer')
  await enrich(connection, runId, config, provider, connection.prepare(`${keys} ORDER BY 1`).pluck().all() as string[])
  const fields = config.fields.map((field) => `a.answer ->> ${quoteText(`$."${field}"`)} AS ${quoteName(field)}`)
  return buildTable(connection, runId, {
    table: {
      name: config.name,
      columns: enrichmentColumns(config).map((name) => ({ name, isText: true })),
      key: [config.key],
    },
    select: `
      SELECT k.key AS ${quoteName(config.key)}, ${fields.join(', ')}, a.status AS enrichment_status
      FROM (${keys}) AS k JOIN assay_enrichment_answer AS a ON a.enrichment = ${quoteText(config.name)} AND a.key = k.key AND a.${isLiving}`,
    path: 'project.yml',
  })
}
