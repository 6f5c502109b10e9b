import { createHash } from 'node:crypto'
import type { SourceContract } from '../../contract/source-contract.ts'
import type { Project } from '../../project/project.ts'

/** Changes whenever the records of a source are read or judged by other words of the project; its gates judge none. */
export function contractFingerprint(contract: SourceContract, { config }: Project): string {
  return createHash('sha256')
    .update(
      JSON.stringify([
        { ...contract, gates: undefined },
        config.null_words,
        config.max_record_bytes,
        config.company ?? null,
      ]),
    )
    .digest('hex')
    .slice(0, 16)
}
