import type { OutputOf } from '#protocol/method'
import type { quarantineMethods } from '#features/quarantine'
import { count } from '../../output/numbers.ts'
import { section } from '../../output/table.ts'

type Previewed = Pick<
  OutputOf<typeof quarantineMethods.preview>,
  'rows' | 'changed' | 'become_valid' | 'still_wrong' | 'sample'
>

/** What an edit would do, or did: counts and the first changes. */
export function changeLines(shown: Previewed, would: 'would change' | 'changed'): readonly string[] {
  return [
    `${count(shown.changed)} of ${count(shown.rows)} rows ${would}: ${count(shown.become_valid)} become valid, ${count(shown.still_wrong)} are still wrong`,
    ...section(
      'First changes',
      [
        { title: 'id', align: 'right' },
        { title: 'row' },
        { title: 'field' },
        { title: 'before' },
        { title: 'after' },
        { title: 'valid' },
      ],
      shown.sample.map((one) => [
        String(one.id),
        one.row_id,
        one.field,
        one.before ?? '',
        one.after,
        one.is_valid ? 'yes' : 'no',
      ]),
    ),
  ]
}
