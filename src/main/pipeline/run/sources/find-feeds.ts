import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '../../../kernel/app-error.ts'
import type { Project } from '../../project/project.ts'

export interface FeedFile {
  readonly path: string
  readonly name: string
  readonly bytes: number
}

/** The files of an input folder, by source and by enrichment, each in file name order. */
export interface Feeds {
  readonly bySource: ReadonlyMap<string, readonly FeedFile[]>
  readonly byEnrichment: ReadonlyMap<string, readonly FeedFile[]>
}

/** Whether a file name fits a pattern such as `claims*` or `lookup*.json`, ignoring case. */
function fits(pattern: string, name: string): boolean {
  const star = pattern.indexOf('*')
  const lower = name.toLowerCase()
  return (
    lower.startsWith(pattern.slice(0, star)) &&
    lower.endsWith(pattern.slice(star + 1)) &&
    lower.length >= pattern.length - 1
  )
}

/** Finds the feeds of the project in a folder; a folder in which there is none is refused. */
export function findFeeds(project: Project, inputFolder: string): Feeds {
  let names: readonly string[]
  try {
    names = readdirSync(inputFolder).toSorted()
  } catch (error) {
    throw unreadable(inputFolder, error)
  }
  const filesOf = (pattern: string) =>
    names
      .filter((name) => fits(pattern, name))
      .map((name) => ({ path: join(inputFolder, name), name, bytes: sizeOf(join(inputFolder, name)) }))
  const bySource = new Map([...project.contracts.values()].map((contract) => [contract.name, filesOf(contract.files)]))
  const byEnrichment = new Map(
    [...project.enrichments.values()].map((enrichment) => [enrichment.name, filesOf(enrichment.files)]),
  )
  if ([...bySource.values()].every((files) => files.length === 0))
    throw new AppError(
      'INPUT_INVALID',
      `The folder ${inputFolder} holds no feed of the project ${project.config.name}.`,
      {
        place: { file: inputFolder },
        saved: 'No run was started.',
        hint: `Feed files are known by their names: ${[...project.contracts.values()].map((contract) => contract.files).join(', ')}.`,
      },
    )
  return { bySource, byEnrichment }
}

/** Why a folder cannot be read, in plain words; the system's own words stay with the cause. */
function unreadable(inputFolder: string, error: unknown): AppError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown trouble'
  const [message, hint] = {
    ENOENT: [`There is no folder ${inputFolder}.`, 'Correct its path, or make it and put the feed files there.'],
    ENOTDIR: [`${inputFolder} is not a folder.`, 'Name the folder that holds the feed files, not a file.'],
    EACCES: [
      `The folder ${inputFolder} may not be read.`,
      'Give yourself the right to read it, or name another folder.',
    ],
  }[code] ?? [`The folder ${inputFolder} cannot be read (${code}).`, 'Name a folder that holds the feed files.']
  return new AppError('INPUT_INVALID', message ?? '', {
    place: { file: inputFolder },
    saved: 'No run was started.',
    hint: hint ?? '',
    cause: error,
  })
}

/** No files at all, for runs that read none. */
export function noFeeds(project: Project): Feeds {
  const none = (names: Iterable<string>) => new Map([...names].map((name): [string, FeedFile[]] => [name, []]))
  return { bySource: none(project.contracts.keys()), byEnrichment: none(project.enrichments.keys()) }
}

/** The size of a file, for progress; a file that cannot be looked at is reported when it is read. */
function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}
