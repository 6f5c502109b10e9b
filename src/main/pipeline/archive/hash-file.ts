import { createHash } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'

const blockBytes = 1 << 20

/** The SHA-256 of a file's bytes in hexadecimal digits, read in constant memory. */
export function hashFile(path: string): string {
  const hash = createHash('sha256')
  const buffer = Buffer.allocUnsafe(blockBytes)
  const descriptor = openSync(path, 'r')
  try {
    for (;;) {
      const got = readSync(descriptor, buffer, 0, blockBytes, null)
      if (got === 0) return hash.digest('hex')
      hash.update(buffer.subarray(0, got))
    }
  } finally {
    closeSync(descriptor)
  }
}
