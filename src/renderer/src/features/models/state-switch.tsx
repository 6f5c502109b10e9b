import { hrefWith, navigate, type Route } from '../../lib/route.ts'
import { Button } from '../../ui/button.tsx'

interface StateSwitchProps {
  /** The run that lies aside. */
  readonly candidate: number
  readonly state: 'published' | 'candidate'
  readonly route: Route
}

/** Chooses between the published rows and those that a blocked run left aside. */
export function StateSwitch({ candidate, state, route }: StateSwitchProps) {
  const choices = [
    { id: 'published', text: 'Published' },
    { id: 'candidate', text: `Candidate run ${candidate}` },
  ] as const
  return (
    <div className="toolbar" role="group" aria-label="Rows shown">
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
