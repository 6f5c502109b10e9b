import { AppError } from '../../kernel/app-error.ts'
import { appendAside, openAside, publishAside, type AsideFile } from '../../pipeline/export/aside-file.ts'
import type { FileSpec } from './sample-schema.ts'

type Encoding = FileSpec['encoding']

const size = 1024 * 1024
const nodeEncodings = {
  'utf-8': 'utf8',
  'utf-8-bom': 'utf8',
  'utf-16le-bom': 'utf16le',
  'windows-1252': 'latin1',
} as const

/** A text file on its way to the disk, in its encoding. */
export interface FeedFile {
  readonly file: AsideFile
  readonly encoding: Encoding
  readonly bytes: Buffer
  used: number
}

/** By code: 1 where an ASCII character is copied as it is. */
export type PlainCodes = Uint8Array

/** All ASCII characters but those of `special`. */
export function plainCodesBut(special: string): PlainCodes {
  return Uint8Array.from({ length: 128 }, (_, code) => (special.includes(String.fromCharCode(code)) ? 0 : 1))
}

const allPlain = plainCodesBut('')

/** Begins a file; with a byte order mark where its encoding has one. */
export function openFeedFile(path: string, encoding: Encoding): FeedFile {
  const feed: FeedFile = { file: openAside(path), encoding, bytes: Buffer.allocUnsafe(size), used: 0 }
  if (encoding.endsWith('-bom')) putEncoded(feed, '\uFEFF')
  return feed
}

/** Adds an ASCII character. */
export function putAscii(feed: FeedFile, code: number): void {
  if (size - feed.used < 2) writePending(feed)
  feed.bytes[feed.used] = code
  feed.used += 1
  if (feed.encoding !== 'utf-16le-bom') return
  feed.bytes[feed.used] = 0
  feed.used += 1
}

/** Adds text. */
export function putText(feed: FeedFile, text: string): void {
  if (!putPlain(feed, text, allPlain)) putEncoded(feed, text)
}

/**
 * Adds text if all of it is plain, and says whether it did. Most cells are short and plain; copying them while looking at
 * them is twice as fast as joining and encoding strings.
 */
export function putPlain(feed: FeedFile, text: string, plain: PlainCodes): boolean {
  if (feed.encoding === 'utf-16le-bom' || text.length > size) return false
  if (text.length > size - feed.used) writePending(feed)
  const { bytes, used } = feed
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    if (plain[code] !== 1) return false
    bytes[used + index] = code
  }
  feed.used = used + text.length
  return true
}

/** Writes what is left and puts the file in its place. */
export function closeFeedFile(feed: FeedFile): void {
  writePending(feed)
  publishAside(feed.file)
}

function putEncoded(feed: FeedFile, text: string): void {
  // Above the characters of ISO 8859-1, which are the same in windows-1252, latin1 would write something else.
  const strange = feed.encoding === 'windows-1252' && /[^\0-\x7f\xa0-\xff]/.exec(text)
  if (strange)
    throw new AppError(
      'PROJECT_INVALID',
      `${feed.file.target} cannot hold ${JSON.stringify(strange[0])}: it is windows-1252.`,
      {
        hint: 'Give the file another encoding in sample.yml, or take the character out of its lists.',
      },
    )
  const encoded = Buffer.from(text, nodeEncodings[feed.encoding])
  if (encoded.length > size - feed.used) writePending(feed)
  if (encoded.length > size) return appendAside(feed.file, encoded)
  encoded.copy(feed.bytes, feed.used)
  feed.used += encoded.length
}

function writePending(feed: FeedFile): void {
  appendAside(feed.file, feed.bytes.subarray(0, feed.used))
  feed.used = 0
}
