import fc from 'fast-check'
import { expect, test } from 'vitest'
import { deliveredFile, folderWith, hasFeed, named, type NamedFile } from '../../helpers/deliveries.ts'
import { readTables, runFeeds, temporaryFolder } from '../../helpers/feeds.ts'
import { sequences } from '../../helpers/sequences.ts'

test('feeds cut into several runs publish the same tables as one run', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(deliveredFile, fc.boolean()), { minLength: 2, maxLength: 10 }),
      fc.boolean(),
      async (deliveries, isEarly) => {
        const files = deliveries.map(([made], index) => named(made, index))
        const parts: NamedFile[][] = [[]]
        for (const [index, file] of files.entries()) {
          if (deliveries[index]?.[1] === true && hasFeed(parts.at(-1) ?? [])) parts.push([])
          parts.at(-1)?.push(file)
        }
        if (!hasFeed(parts.at(-1) ?? [])) parts.splice(-2, 2, [...(parts.at(-2) ?? []), ...(parts.at(-1) ?? [])])
        fc.pre(parts.every(hasFeed))

        const whole = temporaryFolder()
        await runFeeds({ input: folderWith(files), workspace: temporaryFolder(), exports: whole })
        const workspace = temporaryFolder()
        const cut = temporaryFolder()
        for (const [index, part] of parts.entries()) {
          const isLast = index === parts.length - 1
          await runFeeds({
            input: folderWith(part),
            workspace,
            asOf: isEarly && !isLast ? '2022-02-01' : '2022-12-31',
            ...(isLast ? { exports: cut } : {}),
          })
        }
        expect(readTables(cut)).toEqual(readTables(whole))
      },
    ),
    sequences(20),
  )
})
