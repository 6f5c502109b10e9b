import { useEffect, useState } from 'react'

/** The clock, so that relative times move on while a screen stays open. */
export function useNow(everySeconds = 30): Date {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = window.setInterval(() => setNow(new Date()), everySeconds * 1000)
    return () => window.clearInterval(timer)
  }, [everySeconds])
  return now
}
