import type { z } from 'zod'

/** One thing the workbench or the command line can ask the engine for: a name, and the shapes of question and answer. */
export interface Method<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> {
  readonly name: string
  readonly input: Input
  readonly output: Output
}

/** One thing the engine tells without being asked. */
export interface Topic<Payload extends z.ZodType = z.ZodType> {
  readonly name: string
  readonly payload: Payload
}

/** Declares a method; `name` is `feature.verb`. */
export function method<Input extends z.ZodType, Output extends z.ZodType>(
  name: string,
  input: Input,
  output: Output,
): Method<Input, Output> {
  return { name, input, output }
}

/** Declares a topic; `name` is `feature.noun`. */
export function topic<Payload extends z.ZodType>(name: string, payload: Payload): Topic<Payload> {
  return { name, payload }
}

export type InputOf<M extends Method> = z.input<M['input']>
export type OutputOf<M extends Method> = z.output<M['output']>
export type PayloadOf<T extends Topic> = z.output<T['payload']>

/** The handlers of a feature: one for each of its methods, none more, none less. */
export type HandlersFor<Methods extends Record<string, Method>> = {
  readonly [Key in keyof Methods]: (
    input: z.output<Methods[Key]['input']>,
  ) => OutputOf<Methods[Key]> | Promise<OutputOf<Methods[Key]>>
}
