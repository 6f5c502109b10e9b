import { join } from 'node:path'
import { readYaml } from '../../pipeline/project/parse-yaml.ts'
import { checkReferences } from './check-references.ts'
import { sampleShape, type SampleSpec } from './sample-schema.ts'

const checkedShape = sampleShape.superRefine(checkReferences)

/** Reads and checks what the sample feeds of a project are made of: `sample.yml` in its folder. */
export function loadSampleSpec(projectFolder: string): SampleSpec {
  return readYaml(join(projectFolder, 'sample.yml'), checkedShape)
}
