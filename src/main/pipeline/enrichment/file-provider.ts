import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Log } from '../../kernel/log.ts'
import { countedNoun } from '../gate/words.ts'
import type { EnrichmentProvider } from './provider.ts'

const answersByKey = z.record(z.string(), z.unknown())
const oneAnswer = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))

/**
 * A provider that answers from files in the input folder: each an object key -> answer; later files win. What is broken is no reason for a
 * run to fail: it is told, and the keys that it may have been about are those of which the provider cannot say anything.
 */
export function createFileProvider(
  files: readonly { readonly path: string; readonly name: string }[],
  log: Log,
): EnrichmentProvider {
  const known = new Map<string, Readonly<Record<string, string | null>>>()
  const broken = new Set<string>()
  const hash = createHash('sha256')
  let hasBrokenFile = false
  for (const { path, name } of files) {
    const text = readFileSync(path, 'utf8')
    hash.update(text)
    const read = readAnswers(text)
    if ('problem' in read) {
      hasBrokenFile = true
      log(
        'warn',
        `${name}: the enrichment answers cannot be read: ${read.problem}. What no other file answers is failed.`,
      )
      continue
    }
    let unfit = 0
    for (const [written, answer] of Object.entries(read.answers)) {
      const key = written.trim().toLowerCase()
      const parsed = oneAnswer.safeParse(answer)
      if (parsed.success) known.set(key, textsOf(parsed.data))
      else {
        broken.add(key)
        unfit += 1
      }
    }
    if (unfit > 0)
      log(
        'warn',
        `${name}: ${countedNoun(unfit, 'answer')} of the enrichment cannot be read: no object of values, so failed.`,
      )
  }
  return {
    identity: `file:${hash.digest('hex').slice(0, 16)}`,
    offered: known,
    trustsMemory: false,
    ask(key) {
      const fields = known.get(key)
      if (fields !== undefined) return Promise.resolve({ status: 'enriched', fields })
      return Promise.resolve({ status: hasBrokenFile || broken.has(key) ? 'unavailable' : 'not_found' })
    },
  }
}

function readAnswers(text: string): { readonly answers: z.infer<typeof answersByKey> } | { readonly problem: string } {
  try {
    const parsed = answersByKey.safeParse(JSON.parse(text.replace(/^\uFEFF/, '')))
    return parsed.success ? { answers: parsed.data } : { problem: 'it is not an object of answers by key' }
  } catch {
    return { problem: 'it is not JSON' }
  }
}

const textsOf = (answer: z.infer<typeof oneAnswer>) =>
  Object.fromEntries(Object.entries(answer).map(([name, value]) => [name, value === null ? null : String(value)]))
