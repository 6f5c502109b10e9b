import { expect, test } from 'vitest'
import { findCommands, findUntaggedBlocks } from '../../scripts/docs/find-commands.ts'

const markdown = [
  'Type `assay help run`, not `assay_run`.',
  '```sh',
  '# a comment',
  'npm run -s assay -- run \\',
  '  --input feeds',
  '',
  'npm start',
  '```',
  '```yaml',
  'a: `assay help`',
  '```',
  '```',
  'assay help',
  '```',
  'Then `npm run lock` and `assay incident`.',
].join('\n')

test('commands are found in order, with continuation lines joined', () => {
  expect(findCommands(markdown)).toEqual([
    { text: 'assay help run', line: 1, kind: 'inline' },
    { text: 'npm run -s assay -- run --input feeds', line: 4, kind: 'block' },
    { text: 'npm start', line: 7, kind: 'block' },
    { text: 'npm run lock', line: 15, kind: 'inline' },
    { text: 'assay incident', line: 15, kind: 'inline' },
  ])
})

test('a block without a language is reported', () => {
  expect(findUntaggedBlocks(markdown)).toEqual([12])
})
