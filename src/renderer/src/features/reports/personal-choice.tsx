import { StatusBadge } from '../../ui/status-badge.tsx'

interface PersonalChoiceProps {
  readonly isShown: boolean
  onChange(isShown: boolean): void
}

/** Whether the report shows personal data, with a warning where it does. */
export function PersonalChoice({ isShown, onChange }: PersonalChoiceProps) {
  return (
    <section aria-labelledby="report-personal">
      <h2 id="report-personal">Personal data</h2>
      <label className="report-option">
        <input type="checkbox" checked={isShown} onChange={(event) => onChange(event.target.checked)} />
        Show personal data
      </label>
      {isShown ? (
        <p>
          <StatusBadge status="warn" word="Careful" /> The file shows names, addresses and whole records as they were
          delivered. Give it only to people who may see them.
        </p>
      ) : (
        <p className="soft">Values that are about a person, and whole records, are masked.</p>
      )}
    </section>
  )
}
