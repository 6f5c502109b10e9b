import { useState } from 'react'

type Setting = string | number | boolean

/** A view setting (a width, a theme) that stays on this machine. */
export function useRemembered<Value extends Setting>(
  key: string,
  fallback: Value,
): readonly [Value, (value: Value) => void] {
  const [value, setValue] = useState<Value>(() => readRemembered(key, fallback))
  return [
    value,
    (next) => {
      window.localStorage.setItem(storageKey(key), JSON.stringify(next))
      setValue(next)
    },
  ]
}

/** Reads a remembered setting; anything that is not of the fallback's type counts as absent. */
export function readRemembered<Value extends Setting>(key: string, fallback: Value): Value {
  const text = window.localStorage.getItem(storageKey(key))
  if (text === null) return fallback
  const value: unknown = JSON.parse(text)
  return typeof value === typeof fallback ? (value as Value) : fallback
}

/** Keeps a setting for the next time. */
export function remember(key: string, value: Setting): void {
  window.localStorage.setItem(storageKey(key), JSON.stringify(value))
}

function storageKey(key: string): string {
  return `assay.${key}`
}
