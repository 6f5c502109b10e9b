import { useState } from 'react'
import type { InputOf } from '#protocol/method'
import { desktopMethods } from '#features/desktop'
import { reportsMethods } from '#features/reports'
import { useEngine } from '../../lib/engine.tsx'
import { useAction } from '../../lib/use-action.ts'
import { saveFile } from './save-file.ts'

export type ReportQuestion = InputOf<typeof reportsMethods.make>

/** Makes a report and gives it to the person: as a file of the browser, or printed into a PDF by the desktop app. */
export function useReport(question: ReportQuestion) {
  const engine = useEngine()
  const [saved, setSaved] = useState<string | null>(null)
  const { start, ...action } = useAction(() => {})
  const make = async () => {
    setSaved(null)
    const { html, file_name: name } = await engine.call(reportsMethods.make, question)
    return { html: html ?? '', name }
  }
  return {
    ...action,
    saved,
    exportFile: () =>
      start(async () => {
        const { html, name } = await make()
        saveFile(name, html)
        setSaved(name)
      }),
    savePdf: () =>
      start(async () => {
        const { html, name } = await make()
        const pdf = { html, file_name: name.replace(/\.html$/, '.pdf') }
        setSaved((await engine.call(desktopMethods.savePdf, pdf)).path)
      }),
  }
}
