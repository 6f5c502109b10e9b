import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { checkLayers } from '../../scripts/layers/check-layers.ts'

const root = resolve(import.meta.dirname, '../..')

/** A small tree that keeps every rule and uses every allowed kind of import at least once. */
const cleanTree: Readonly<Record<string, string>> = {
  'src/main/kernel/day.ts': `export const day = 1\n`,
  'src/main/protocol/method.ts': `import { z } from 'zod'\nimport { day } from '../kernel/day.ts'\nexport const method = [z, day]\n`,
  'src/main/store/open.ts': `import Database from 'better-sqlite3'\nimport { day } from '../kernel/day.ts'\nexport const open = [Database, day]\n`,
  'src/main/pipeline/project/load.ts': `import { readFileSync } from 'node:fs'\nimport { open } from '../../store/open.ts'\nimport type { method } from '../../protocol/method.ts'\nexport type Method = typeof method\nexport const load = [readFileSync, open]\n`,
  'src/main/pipeline/reader/read.ts': `import { load } from '../project/load.ts'\nexport const read = load\n`,
  'src/main/pipeline/run/run.ts': `import { read } from '../reader/read.ts'\nexport const run = read\n`,
  'src/main/features/context.ts': `import { run } from '../pipeline/run/run.ts'\nimport type { list } from './runs/protocol.ts'\nexport type List = typeof list\nexport const context = run\n`,
  'src/main/features/runs/protocol.ts': `import { method } from '#protocol/method'\nexport const list = method\n`,
  'src/main/features/runs/handlers.ts': `import { context } from '../context.ts'\nimport { list } from './protocol.ts'\nexport const handlers = [context, list]\n`,
  'src/main/features/models/protocol.ts': `export const rows = 1\n`,
  'src/main/hosts/engine/engine.ts': `import { handlers } from '../../features/runs/handlers.ts'\nexport const engine = handlers\n`,
  'src/main/hosts/cli/main.ts': `import { engine } from '../engine/engine.ts'\nexport const main = [engine, await import('../../kernel/day.ts')]\n`,
  'src/main/hosts/desktop/desktop.ts': `import { app } from 'electron'\nexport const desktop = app\n`,
  'src/main/hosts/web/web.ts': `import { Hono } from 'hono'\nexport const web = Hono\n`,
  'src/preload/index.ts': `import { contextBridge } from 'electron'\nimport type { list } from '#features/runs'\nexport type List = typeof list\nexport const bridge = contextBridge\n`,
  'src/renderer/src/main.tsx': `import './app/app.css'\nimport { App } from './app/app.tsx'\nexport const main = <App />\n`,
  'src/renderer/src/app/app.css': `body {}\n`,
  'src/renderer/src/app/app.tsx': `import { Runs } from '../features/runs/runs.tsx'\nimport { useState } from 'react'\nexport const App = [Runs, useState]\n`,
  'src/renderer/src/features/runs/runs.tsx': `import { list } from '#features/runs'\nimport { Grid } from '../../ui/grid.tsx'\nexport const Runs = [list, Grid]\n`,
  'src/renderer/src/features/models/models.tsx': `import { pad } from '../../lib/pad.ts'\nexport const Models = pad\n`,
  'src/renderer/src/ui/grid.tsx': `import { AgGridReact } from 'ag-grid-react'\nimport { pad } from '../lib/pad.ts'\nexport const Grid = [AgGridReact, pad]\n`,
  'src/renderer/src/lib/pad.ts': `export const pad = "import '../../../../test/trap.ts'" // import '../../../main/store/open.ts'\n`,
}

const trees: string[] = []
afterEach(() => {
  for (const tree of trees.splice(0)) rmSync(tree, { recursive: true })
})

function plant(changes: Readonly<Record<string, string>>): readonly string[] {
  const tree = mkdtempSync(join(tmpdir(), 'assay-layers-'))
  trees.push(tree)
  for (const [path, text] of Object.entries({ ...cleanTree, ...changes })) {
    mkdirSync(dirname(join(tree, path)), { recursive: true })
    writeFileSync(join(tree, path), text)
  }
  return checkLayers(tree, 1).violations
}

test('a tree that keeps the rules passes', () => {
  expect(plant({})).toEqual([])
})

describe('each planted violation is found, with its line and what to do instead', () => {
  const cases: readonly (readonly [what: string, file: string, text: string, message: RegExp])[] = [
    [
      'kernel imports store',
      'src/main/kernel/bad.ts',
      `import '../store/open.ts'`,
      /only downwards.*move the code down/,
    ],
    ['kernel imports a package', 'src/main/kernel/bad.ts', `import 'zod'`, /kernel imports nothing/],
    ['protocol imports store', 'src/main/protocol/bad.ts', `import '../store/open.ts'`, /only downwards/],
    [
      'store imports protocol',
      'src/main/store/bad.ts',
      `import type { a } from '../protocol/method.ts'`,
      /only downwards/,
    ],
    ['store imports a stage', 'src/main/store/bad.ts', `import '../pipeline/reader/read.ts'`, /only downwards/],
    ['a stage imports run', 'src/main/pipeline/check/bad.ts', `import '../run/run.ts'`, /only downwards/],
    ['a stage runs the protocol', 'src/main/pipeline/check/bad.ts', `import '../../protocol/method.ts'`, /import type/],
    ['a stage imports a feature', 'src/main/pipeline/check/bad.ts', `import '#features/runs'`, /only downwards/],
    [
      'run imports a feature',
      'src/main/pipeline/run/bad.ts',
      `export * from '../../features/runs/protocol.ts'`,
      /downwards/,
    ],
    ['a feature imports a sibling', 'src/main/features/models/bad.ts', `import '../runs/handlers.ts'`, /sibling/],
    ['a feature imports a sibling by alias', 'src/main/features/models/bad.ts', `import '#features/runs'`, /sibling/],
    [
      'the context imports handlers',
      'src/main/features/context.ts',
      `import './runs/handlers.ts'`,
      /protocol\.ts only/,
    ],
    [
      'a feature imports a host',
      'src/main/features/runs/bad.ts',
      `import '../../hosts/engine/engine.ts'`,
      /only downwards/,
    ],
    ['a host imports another host', 'src/main/hosts/cli/bad.ts', `import '../web/web.ts'`, /start it as a process/],
    ['the engine imports a host', 'src/main/hosts/engine/bad.ts', `import '../cli/main.ts'`, /no other host/],
    [
      'better-sqlite3 outside of store',
      'src/main/pipeline/run/bad.ts',
      `import type D from 'better-sqlite3'`,
      /only store/,
    ],
    [
      'electron outside of desktop',
      'src/main/hosts/web/bad.ts',
      `const e = await import('electron')`,
      /only hosts\/desktop/,
    ],
    ['electron by require', 'src/main/hosts/cli/bad.cjs', `const e = require('electron')`, /only hosts\/desktop/],
    [
      'electron in an import type',
      'src/main/kernel/bad.ts',
      `export type A = import('electron').App`,
      /kernel imports/,
    ],
    [
      'main imports the renderer',
      'src/main/hosts/web/bad.ts',
      `import '../../../renderer/src/lib/pad.ts'`,
      /never imports/,
    ],
    ['main draws', 'src/main/hosts/web/bad.ts', `import 'react-dom/server'`, /belongs to the renderer/],
    ['preload imports main', 'src/preload/bad.ts', `import '../main/hosts/desktop/desktop.ts'`, /#protocol/],
    ['preload imports the renderer', 'src/preload/bad.ts', `import '../renderer/src/lib/pad.ts'`, /only at runtime/],
    [
      'renderer imports main by path',
      'src/renderer/src/lib/bad.ts',
      `import '../../../main/protocol/method.ts'`,
      /#protocol/,
    ],
    ['renderer imports Node', 'src/renderer/src/lib/bad.ts', `import fs from 'node:fs'`, /without Node/],
    ['renderer imports Node by old name', 'src/renderer/src/lib/bad.ts', `import fs from 'fs'`, /without Node/],
    ['renderer imports electron', 'src/renderer/src/app/bad.ts', `import 'electron'`, /only hosts\/desktop/],
    [
      'renderer imports an undecided package',
      'src/renderer/src/lib/bad.ts',
      `import 'lodash/get'`,
      /decide for lodash/,
    ],
    [
      'a screen imports ag-grid',
      'src/renderer/src/features/runs/bad.tsx',
      `import 'ag-grid-community'`,
      /grid component/,
    ],
    [
      'a screen imports a sibling',
      'src/renderer/src/features/runs/bad.ts',
      `import '../models/models.tsx'`,
      /link by route/,
    ],
    ['ui imports a screen', 'src/renderer/src/ui/bad.ts', `import '../features/runs/runs.tsx'`, /only downwards/],
    ['lib imports ui', 'src/renderer/src/lib/bad.ts', `import '../ui/grid.tsx'`, /only downwards/],
    ['src imports test', 'src/main/store/bad.ts', `import '../../../test/helpers/a.ts'`, /nothing imports test/],
    [
      'src imports a script',
      'src/main/store/bad.ts',
      `import '../../../scripts/check-lock.ts'`,
      /only src\/ and packages/,
    ],
    ['a missing file', 'src/main/store/bad.ts', `import './gone.ts'`, /gone\.ts does not exist/],
    ['an unknown alias', 'src/main/store/bad.ts', `import '#kernel/day'`, /only src\/ and packages/],
    ['a computed import', 'src/main/store/bad.ts', `const name = './open.ts'; await import(name)`, /written out/],
  ]
  test.each(cases)('%s', (_what, file, text, message) => {
    const violations = plant({ [file]: `\n${text}\n` })
    expect(violations.length).toBeGreaterThan(0)
    expect(violations[0]).toMatch(message)
    expect(violations[0]).toContain(`${file}:2: imports `)
  })

  test('a file outside of the layout', () => {
    expect(plant({ 'src/main/pipeline/loose.ts': '' })).toEqual([
      expect.stringMatching(/^src\/main\/pipeline\/loose.ts:1: .*no such place/),
    ])
    expect(plant({ 'src/main/helpers/a.ts': '' })).toHaveLength(1)
    expect(plant({ 'src/main/features/shared.ts': '' })).toHaveLength(1)
  })

  test('Node reached by the page through a protocol', () => {
    const [violation] = plant({
      'src/main/kernel/day.ts': `import { hash } from 'node:crypto'\nexport const day = hash\n`,
    })
    expect(violation).toMatch(
      /day\.ts:1: imports node:crypto: the page loads this file \(src\/renderer\/.*runs\.tsx -> .*kernel\/day\.ts\)/,
    )
  })

  test('stages in a circle, though no two files are', () => {
    const violations = plant({
      'src/main/pipeline/project/other.ts': `import type { Row } from '../reader/row.ts'\nexport type Other = Row\n`,
      'src/main/pipeline/reader/row.ts': `export type Row = string\n`,
    })
    expect(violations).toEqual([expect.stringMatching(/stages import each other in a circle: .*project.*reader/)])
  })

  test('files in a circle', () => {
    const violations = plant({
      'src/main/store/a.ts': `export * from './b.ts'\n`,
      'src/main/store/b.ts': `export * from './c.ts'\n`,
      'src/main/store/c.ts': `import type { a } from './a.ts'\nexport type C = typeof a\n`,
    })
    expect(violations).toEqual([expect.stringMatching(/circle: .*a\.ts -> .*b\.ts -> .*c\.ts -> .*a\.ts;/)])
  })

  test('a file that cannot be parsed is never passed over', () => {
    expect(() => plant({ 'src/main/store/broken.ts': 'import {' })).toThrow(/broken\.ts cannot be parsed/)
  })
})

describe('the check sees what is there', () => {
  test('a tree without sources fails', () => {
    const tree = mkdtempSync(join(tmpdir(), 'assay-layers-'))
    trees.push(tree)
    expect(checkLayers(tree, 1).violations).toEqual([expect.stringContaining('only 0 files with 0 imports were seen')])
  })

  test('every TypeScript file of this project is read', () => {
    const names = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    const report = checkLayers(root, 60)
    expect(report.files).toBe(names.filter((name) => /\.tsx?$/.test(name)).length)
    expect(report.imports).toBeGreaterThan(report.files)
  })
})
