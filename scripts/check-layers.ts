import { resolve } from 'node:path'
import { checkLayers } from './layers/check-layers.ts'

// Far below what there is, far above what a scan of the wrong folder would see.
const leastFiles = 60

const { files, imports, violations } = checkLayers(resolve(import.meta.dirname, '..'), leastFiles)
for (const violation of violations) console.error(violation)
if (violations.length > 0) {
  console.error(`\nlayers: ${violations.length} broken`)
  process.exitCode = 1
} else {
  console.log(`layers: ${imports} imports of ${files} files keep the rules`)
}
