import { resolve } from 'node:path'
import type { Command } from 'commander'
import { nonEmpty, wholeNumber } from '../options.ts'
import { count } from '../output/numbers.ts'
import { printJson, printResult } from '../output/print.ts'
import { startBar } from '../output/start-bar.ts'
import { renderTable } from '../output/table.ts'
import { addProjectOption } from '../workspace-options.ts'

interface SampleOptions {
  readonly project: string
  readonly claims: number
  readonly seed: number
  readonly out: string
  readonly json?: true
}

/** Adds `assay sample`: feeds to try things with, the same for the same seed. */
export function addSampleCommand(program: Command): void {
  const command = program.command('sample').description('make sample feeds with every kind of defect')
  addProjectOption(command)
    .requiredOption('--claims <n>', 'rows of the largest feed; the others follow', wholeNumber(1, 1_000_000_000))
    .requiredOption('--seed <n>', 'the same number makes the same bytes', wholeNumber(0, 2 ** 32 - 1))
    .requiredOption('--out <dir>', 'folder to write to', nonEmpty)
    .option('--json', 'print one JSON document')
    .action(writeSample)
}

async function writeSample({ project, claims, seed, out, json }: SampleOptions): Promise<void> {
  // Loaded when needed, so that help and mistakes do not wait for it.
  const { loadSampleSpec } = await import('../../../features/sample/load-sample-spec.ts')
  const { generateSample } = await import('../../../features/sample/generate-sample.ts')
  const spec = loadSampleSpec(resolve(project))
  const bar = startBar('rows')
  const { files } = generateSample({ spec, rows: claims, seed, out: resolve(out), progress: bar.show })
  bar.stop()
  if (json) return printJson({ files })
  printResult(
    renderTable(
      [{ title: 'file' }, { title: 'rows', align: 'right' }],
      files.map((file) => [file.path, count(file.rows)]),
    ),
  )
}
