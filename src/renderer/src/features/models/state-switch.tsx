import { hrefWith, navigate, type Route } from '../../lib/route.ts'
import { Button } from '../../ui/button.tsx'

type ShownState = 'published' | 'candidate'

/** Which of both the address names; the published one where no candidate is there. */
export function chosenState(candidate: number | null, route: Route): ShownState {
  return candidate !== null && route.query.get('state') === 'candidate' ? 'candidate' : 'published'
}

interface StateSwitchProps {
  /** The run that a check blocked, in place beside what is published. */
  readonly candidate: number
  readonly state: ShownState
  readonly route: Route
}

/** Chooses between what is published and what a blocked run left aside. */
export function StateSwitch({ candidate, state, route }: StateSwitchProps) {
  const choices = [
    { id: 'published', text: 'Published' },
    { id: 'candidate', text: `Candidate run ${candidate}` },
  ] as const
  return (
    <div className="toolbar" role="group" aria-label="What is shown">
      {choices.map(({ id, text }) => (
        <Button
          key={id}
          look={id === state ? 'plain' : 'quiet'}
          aria-pressed={id === state}
          onClick={() => navigate(hrefWith(route, { state: id === 'published' ? null : id }))}
        >
          {text}
        </Button>
      ))}
    </div>
  )
}
