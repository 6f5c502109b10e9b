import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { AppError } from '../../kernel/app-error.ts'
import type { EnrichmentProvider } from './provider.ts'

const answers = z.record(z.string(), z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])))

/** A provider that answers from files in the input folder: each an object key -> answer; later files win. */
export function createFileProvider(
  files: readonly { readonly path: string; readonly name: string }[],
): EnrichmentProvider {
  const known = new Map<string, Readonly<Record<string, string | null>>>()
  const hash = createHash('sha256')
  for (const file of files) {
    const text = readFileSync(file.path, 'utf8')
    hash.update(text)
    for (const [key, fields] of Object.entries(parseAnswers(text, file.name)))
      known.set(
        key.trim().toLowerCase(),
        Object.fromEntries(
          Object.entries(fields).map(([name, value]) => [name, value === null ? null : String(value)]),
        ),
      )
  }
  return {
    identity: `file:${hash.digest('hex').slice(0, 16)}`,
    offered: known,
    trustsMemory: false,
    ask(key) {
      const fields = known.get(key)
      return Promise.resolve(fields === undefined ? { status: 'not_found' } : { status: 'enriched', fields })
    },
  }
}

function parseAnswers(text: string, file: string): z.infer<typeof answers> {
  let problem = 'it is not an object of answers by key'
  try {
    const parsed = answers.safeParse(JSON.parse(text.replace(/^\uFEFF/, '')))
    if (parsed.success) return parsed.data
  } catch (error) {
    problem = error instanceof Error ? error.message : String(error)
  }
  throw new AppError('FILE_REJECTED', `${file}: the enrichment answers cannot be read: ${problem}.`, {
    place: { file },
    saved: 'Nothing of this run was published.',
    hint: 'Mend the file, or take it out of the folder: companies are then enriched from the answers remembered.',
  })
}
