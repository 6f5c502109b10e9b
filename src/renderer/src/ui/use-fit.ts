import { useLayoutEffect, useState, type RefObject } from 'react'

const smallest = 0.8
const largest = 1.15
const margin = 16

/** The scale at which a picture fills its frame without growing coarse; below the smallest the frame scrolls. */
export function useFit(frame: RefObject<HTMLElement | null>, width: number, height: number): number {
  const [scale, setScale] = useState(1)
  useLayoutEffect(() => {
    const element = frame.current
    if (element === null) return
    const fit = () => {
      const wanted = Math.min(
        (element.clientWidth - 2 * margin) / Math.max(1, width),
        (element.clientHeight - 2 * margin) / Math.max(1, height),
      )
      setScale(Math.min(largest, Math.max(smallest, wanted)))
    }
    fit()
    const observer = new ResizeObserver(fit)
    observer.observe(element)
    return () => observer.disconnect()
  }, [frame, width, height])
  return scale
}
