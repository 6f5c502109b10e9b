import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folderOf, repository, runFeeds, temporaryFolder } from '../../helpers/feeds.ts'

test('another folder of the same form is another project', async () => {
  const input = folderOf({
    'Readings_north.CSV':
      'Station;Measured On;City;Degrees\nab1;2022-07-01;LISBOA;31\nab1;7/2/2022;lisboa;35\nxyz;2022-07-01;Porto;33\ncd2;2022-07-01;Porto;?\n',
    'readings_south.ndjson': '{"station":"ef3","measured_on":"2022-07-03","city":"Porto","degrees":30}\n',
    'claims.csv': 'not,of,this,project\n',
  })
  const exports = temporaryFolder()
  const run = await runFeeds({
    input,
    workspace: temporaryFolder(),
    exports,
    project: join(repository, 'test/fixtures/tiny-project'),
  })
  expect(run.sources).toEqual({
    readings: expect.objectContaining({
      rows_read: 5,
      inserted: 3,
      quarantined: 2,
      high_water_mark: '2022-07-03T00:00:00.000Z',
    }),
  })
  expect(readFileSync(join(exports, 'hot_days.csv'), 'utf8')).toBe(
    'city,days,hottest,first_day\nLisbon,2,35,2022-07-01\nPorto,1,30,2022-07-03\n',
  )
})
