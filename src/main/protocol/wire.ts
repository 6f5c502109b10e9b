import { z } from 'zod'
import { AppError } from '../kernel/app-error.ts'
import { errorReport } from './error-report.ts'

/** The most characters that one message may have; what is larger has to be asked for in pages. */
export const maxMessageLength = 32 * 1024 * 1024

// `undefined` has no place in JSON: it is a key that is not there.
const anything = z.unknown().optional()

const output = z.object({ ok: z.literal(true), output: anything })
const refusal = z.object({ ok: z.literal(false), error: errorReport })
const id = z.int()

/** A question, without the number that tells its answer apart from others. */
export const call = z.object({ method: z.string(), input: anything })

/** What a call comes to. */
export const answer = z.discriminatedUnion('ok', [output, refusal])
export type Answer = z.infer<typeof answer>

/** Something that the engine tells to all who listen. */
export const event = z.object({ topic: z.string(), payload: anything })
export type Event = z.infer<typeof event>

/** A call on a channel. */
export const request = z.object({ id, ...call.shape })

/** Anything that comes back on a channel. */
export const reply = z.union([z.discriminatedUnion('ok', [output.extend({ id }), refusal.extend({ id })]), event])

/** A message as text; one above the cap is refused before it is sent. */
export function encode(message: z.input<typeof request> | z.input<typeof reply>): string {
  const text = JSON.stringify(message)
  if (text.length > maxMessageLength) throw tooLarge(text.length)
  return text
}

/** A message read back from text; throws when the other side does not keep the protocol. */
export function decode<Schema extends z.ZodType>(schema: Schema, text: string): z.output<Schema> {
  if (text.length > maxMessageLength) throw tooLarge(text.length)
  return schema.parse(JSON.parse(text))
}

function tooLarge(length: number): AppError {
  const mebibytes = (size: number) => Math.ceil(size / 1024 / 1024)
  return new AppError(
    'INPUT_INVALID',
    `A message of ${mebibytes(length)} MB is too large to pass between the workbench and its engine (at most ${mebibytes(maxMessageLength)} MB).`,
    { saved: 'Nothing was changed.', hint: 'Ask for fewer rows at a time, or export the table to a file.' },
  )
}
