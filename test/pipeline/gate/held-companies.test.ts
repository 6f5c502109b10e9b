import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorkbench } from '../../../src/main/pipeline/run/open-workbench.ts'
import { rollBack } from '../../../src/main/pipeline/run/publish/roll-back.ts'
import { copyOf, dayOf } from './people.ts'
import { sequences } from '../../helpers/sequences.ts'
import {
  fromScratch,
  halfOf,
  isProven,
  letThrough,
  salesOf,
  salesOn,
  salesRequest,
  seenIn,
  sell,
  sellDays,
  shops,
  take,
  writeShops,
  type Shop,
  type ShopsAt,
} from './shops.ts'

const folder = mkdtempSync(join(tmpdir(), 'assay-held-companies-'))
const project = writeShops(join(folder, 'project'))
const nineDays = join(folder, 'nine-days')

beforeAll(() => sellDays({ project, workspace: nineDays }, 9))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Sales by their numbers, as the lines of a feed. */
type Sales = ReadonlyMap<string, string>

const linesOf = (text: string) => text.trimEnd().split('\n').slice(1)
const numberOf = (line: string) => line.slice(0, line.indexOf(','))
const shopOf = (line: string) => line.split(',')[1] ?? ''
const withSales = (sales: Sales, text: string): Sales =>
  new Map([...sales, ...linesOf(text).map((line) => [numberOf(line), line] as const)])
const textOf = (sales: Sales) => `sale_id,shop,item,pieces,updated\n${[...sales.values()].join('\n')}\n`

const breaks = {
  half: (rows: readonly string[]) => halfOf(rows),
  none: () => [],
  double: (rows: readonly string[], shop: Shop, day: number) => [...rows, ...salesOf(shop, day + 100)],
  /** Too many pieces: a check holds the shop. */
  checked: (rows: readonly string[]) =>
    rows.map((row, index) => (index === 0 ? row.replace(/,\d+,2022/, ',900,2022') : row)),
  good: (rows: readonly string[]) => rows,
}

const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('deliver' as const),
      shop: fc.constantFrom(...shops),
      how: fc.constantFrom('half', 'none', 'double', 'checked', 'good'),
      /** The sale of an earlier day that another shop has now. */
      moved: fc.option(fc.record({ from: fc.constantFrom(...shops), to: fc.constantFrom(...shops) })),
    }),
  },
  fc.record({ kind: fc.constant('allow' as const) }),
  fc.record({ kind: fc.constant('build' as const), isRefresh: fc.boolean() }),
  fc.record({ kind: fc.constant('back' as const) }),
)

interface State {
  readonly runId: number
  readonly living: Sales
  readonly seen: Sales
}

/** What readers see after a run: held shops as before, all others as delivered. */
function after({ seen }: State, living: Sales, runId: number, held: readonly string[]): State {
  const isHeld = (line: string) => held.includes(shopOf(line))
  const others = [...living].filter(([, line]) => !isHeld(line))
  return { runId, living, seen: new Map([...others, ...[...seen].filter(([, line]) => isHeld(line))]) }
}

test('whatever is delivered, let through, built again and rolled back: held shops are as they were, all others as delivered', async () => {
  let timesHeld = 0
  const begin = Array.from({ length: 9 }, (_, day) => salesOn(day)).reduce(withSales, new Map() as Sales)
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 5 }), async (steps) => {
      const at: ShopsAt = { project, workspace: copyOf(nineDays) }
      const states: State[] = [{ runId: 9, living: begin, seen: begin }]
      for (const [index, one] of steps.entries()) {
        const day = 9 + index
        const state = states.at(-1)
        if (state === undefined) throw new Error('no state')
        if (one.kind === 'allow') await letThrough(at, state.runId).catch(() => undefined)
        else if (one.kind === 'back') {
          if (states.length > 1) states.pop()
          await goBack(at, states.at(-1)?.runId ?? 9)
        } else {
          const text = one.kind === 'deliver' ? textOn(day, one) : null
          const { run, runId, held } =
            text === null
              ? await take(
                  at,
                  salesRequest(
                    at,
                    day,
                    null,
                    one.kind === 'build' && one.isRefresh ? { kind: 'feeds', records: null, fullRefresh: true } : {},
                  ),
                )
              : await sell(at, day, text)
          timesHeld += held.length > 0 ? 1 : 0
          if (run.status === 'published')
            states.push(after(state, text === null ? state.living : withSales(state.living, text), runId, held))
        }
        expect(seenIn(at)).toEqual(await fromScratch(at, [textOf(states.at(-1)?.seen ?? begin)]))
      }
      expect(await isProven(at)).toBe(true)
    }),
    {
      ...sequences(3),
      examples: [
        // A sale moves out of a shop that is held: the shop that it moves to waits with it, and both come when it is let through.
        [
          [
            { kind: 'deliver', shop: 's1', how: 'half', moved: { from: 's1', to: 's3' } },
            { kind: 'deliver', shop: 's4', how: 'checked', moved: null },
            { kind: 'allow' },
            { kind: 'build', isRefresh: false },
          ],
        ],
        [
          [
            { kind: 'deliver', shop: 's1', how: 'none', moved: null },
            { kind: 'deliver', shop: 's1', how: 'none', moved: { from: 's2', to: 's1' } },
            { kind: 'back' },
            { kind: 'deliver', shop: 's1', how: 'good', moved: null },
            { kind: 'build', isRefresh: true },
          ],
        ],
      ],
    },
  )
  expect(timesHeld).toBeGreaterThan(3)
}, 300_000)

interface Delivered {
  readonly shop: Shop
  readonly how: keyof typeof breaks
  readonly moved: { readonly from: Shop; readonly to: Shop } | null
}

function textOn(day: number, { shop, how, moved }: Delivered): string {
  const text = salesOn(day, { [shop]: breaks[how](salesOf(shop, day), shop, day) })
  return moved === null ? text : `${text}${moved.from}-${day % 9}-0,${moved.to},pen,5,${dayOf(day)}\n`
}

async function goBack(at: ShopsAt, runId: number): Promise<void> {
  const workbench = openWorkbench({ projectFolder: project, workspaceFolder: at.workspace, create: false })
  try {
    await rollBack(workbench, runId, { who: 'test', reason: 'to see' })
  } finally {
    workbench.close()
  }
}
