import { count } from '../../output/numbers.ts'

/** What an operation came to, for a person; `doing` is what was done to its rows, in a word. */
export function decidedText(
  doing: string,
  done: {
    readonly operation_id: number
    readonly rows: number
    readonly left_alone: readonly { readonly rows: number; readonly why: string }[]
    readonly become_valid?: number
  },
): string {
  const valid = done.become_valid === undefined ? '' : `, ${count(done.become_valid)} of them held back no more`
  return [
    `Operation ${done.operation_id}: ${rows(done.rows)} ${doing}${valid}`,
    ...done.left_alone.map((one) => `  ${rows(one.rows)} left alone: ${one.why}`),
  ].join('\n')
}

function rows(number: number): string {
  return `${count(number)} ${number === 1 ? 'row' : 'rows'}`
}
