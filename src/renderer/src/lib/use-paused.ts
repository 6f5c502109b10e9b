import { useEffect, useState } from 'react'

/** A value as it stood when it last paused for a while; the first one counts at once. */
export function usePaused<Value extends string>(value: Value, milliseconds: number): Value {
  const [paused, setPaused] = useState(value)
  useEffect(() => {
    const timer = window.setTimeout(() => setPaused(value), milliseconds)
    return () => window.clearTimeout(timer)
  }, [value, milliseconds])
  return paused
}
