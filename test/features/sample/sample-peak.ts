// Makes a sample of so many rows and prints the greatest resident size in KiB. Argument: ROWS.
import { generateSample } from '../../../src/main/features/sample/generate-sample.ts'
import { loadSampleSpec } from '../../../src/main/features/sample/load-sample-spec.ts'
import { benefits, freshFolder } from './sample-world.ts'

generateSample({ spec: loadSampleSpec(benefits), rows: Number(process.argv[2]), seed: 7, out: freshFolder() })
console.log(process.resourceUsage().maxRSS)
