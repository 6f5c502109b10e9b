import { join } from 'node:path'
import { discardAside } from '../../pipeline/export/aside-file.ts'
import { exportError } from '../../pipeline/export/export-error.ts'
import { defectAt, defectSchedule } from './defect-schedule.ts'
import { mix, newDraws, saltOf } from './draws.ts'
import { feedFields } from './feed-fields.ts'
import { closeFeedFile, openFeedFile, putText, type FeedFile } from './feed-file.ts'
import { feedLines, makeLine } from './feed-lines.ts'
import { recordWriter } from './record-writers.ts'
import type { DefectSpec, FeedSpec, FileSpec } from './sample-schema.ts'
import { rowKey, type SampleWorld } from './sample-table.ts'

export interface WrittenFile {
  readonly path: string
  readonly rows: number
}

const lineEnds = { lf: '\n', crlf: '\r\n', cr: '\r' } as const

/** Writes the files of a feed, in constant memory; `onLine` is called after each record. */
export function writeFeed(
  world: SampleWorld,
  name: string,
  feed: FeedSpec,
  out: string,
  onLine: () => void,
): WrittenFile[] {
  const lines = feedLines(world, name, feed)
  const schedule = defectSchedule(feed.defects, lines.count, saltOf(`defects ${name}`, world.seed))
  const allFields = feedFields(world, lines.table, feed)
  const draws = newDraws()
  return feed.files.map((file, number) => {
    const fields = allFields.filter((field) => !file.without.includes(field.name))
    const names = fields.map((field) => field.name)
    const write = recordWriter(file, names)
    const cells: string[] = []
    return writeFile(join(out, file.name), file, names, lines.ranges[number]!, (text, line) => {
      const index = makeLine(lines, number, line, draws)
      const key = rowKey(lines.table, index)
      for (let field = 0; field < fields.length; field += 1) cells[field] = fields[field]!.write(lines.row, key, draws)
      const defect = defectAt(schedule, line, file, names)
      if (defect?.cells) breakCells(cells, names, defect.cells, line)
      write(text, cells, defect?.record)
      onLine()
    })
  })
}

type LineWriter = (text: FeedFile, line: number) => void

function writeFile(
  path: string,
  file: FileSpec,
  names: readonly string[],
  [from, to]: readonly [number, number],
  write: LineWriter,
): WrittenFile {
  let text: FeedFile | null = null
  try {
    text = openFeedFile(path, file.encoding)
    const end = lineEnds[file.newline]
    const isArray = file.format === 'json'
    if (isArray) putText(text, `[${end}`)
    if (file.format === 'csv')
      putText(text, (file.header === 'titled' ? names.map(titled) : names).join(file.delimiter) + end)
    for (let line = from; line < to; line += 1) {
      write(text, line)
      putText(text, isArray && line < to - 1 ? `,${end}` : end)
    }
    if (isArray) putText(text, `]${end}`)
    closeFeedFile(text)
    return { path, rows: to - from }
  } catch (error) {
    if (text) discardAside(text.file)
    throw exportError(error, path)
  }
}

/** `{}` in the text that takes a cell's place stands for what was in the cell. */
function breakCells(
  cells: string[],
  names: readonly string[],
  broken: NonNullable<DefectSpec['cells']>,
  line: number,
): void {
  for (const [field, texts] of Object.entries(broken)) {
    const at = names.indexOf(field)
    const text = texts[(mix(line) >>> 0) % texts.length] ?? ''
    cells[at] = text.replaceAll('{}', () => cells[at] ?? '')
  }
}

function titled(name: string): string {
  return name.toUpperCase().replaceAll('_', ' ')
}
