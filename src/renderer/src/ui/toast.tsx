import { CircleCheck, CircleX, Info, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useToasts, type Toast } from '../lib/toasts.ts'
import { Button, IconButton } from './button.tsx'
import './toast.css'

const looks = {
  good: { tone: 'good', icon: CircleCheck },
  info: { tone: 'info', icon: Info },
  bad: { tone: 'bad', icon: CircleX },
} as const

/** How long a toast stays; one with something to press or to follow stays longer. */
const shortStay = 6000
const longStay = 12_000

/** Where toasts appear; the region is always there, so that screen readers hear what comes into it. */
export function Toasts() {
  const toasts = useToasts((state) => state.toasts)
  return (
    <div className="toasts" aria-live="polite" {...(toasts.length > 0 ? { 'data-pane': '', tabIndex: -1 } : {})}>
      {toasts.map((toast) => (
        <ToastLine key={toast.id} toast={toast} />
      ))}
    </div>
  )
}

function ToastLine({ toast }: { readonly toast: Toast }) {
  const { id, text, details, link, action } = toast
  const remove = useToasts((state) => state.remove)
  const [isHeld, setHeld] = useState(false)
  const stay = toast.tone === 'bad' ? null : link === null && action === null ? shortStay : longStay
  useEffect(() => {
    if (isHeld || stay === null) return
    const timer = window.setTimeout(() => remove(id), stay)
    return () => window.clearTimeout(timer)
  }, [id, isHeld, remove, stay])

  const { tone, icon: Icon } = looks[toast.tone]
  return (
    <div
      className={`toast tone-${tone}`}
      // The region around it speaks; only a failure interrupts.
      {...(toast.tone === 'bad' ? { role: 'alert' } : { role: 'status', 'aria-live': 'off' })}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <Icon aria-hidden="true" />
      <div className="toast-text">
        <p>
          {text}
          {link !== null && (
            <>
              {' '}
              <a href={link.href}>{link.text}</a>
            </>
          )}
        </p>
        {details.map((line) => (
          <p key={line} className="soft">
            {line}
          </p>
        ))}
      </div>
      {action !== null && (
        <Button
          onClick={() => {
            remove(id)
            action.run()
          }}
        >
          {action.text}
        </Button>
      )}
      <IconButton label="Dismiss the notice" icon={<X aria-hidden="true" />} onClick={() => remove(id)} />
    </div>
  )
}
