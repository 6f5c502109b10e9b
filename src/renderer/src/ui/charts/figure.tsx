import type { ReactNode } from 'react'
import { Fold } from '../fold.tsx'
import './figure.css'

interface FigureProps {
  /** Under this key it is remembered whether its data is shown. */
  readonly id: string
  readonly title: string
  /** What is in the picture, beside the title: its keys, its unit. */
  readonly beside?: ReactNode
  readonly picture: ReactNode
  /** The same numbers as a table. */
  readonly table: ReactNode
}

/** A picture with its title, and its data as a table below it. */
export function Figure({ id, title, beside, picture, table }: FigureProps) {
  return (
    <figure className="figure" aria-label={title}>
      <figcaption className="figure-title">
        <span className="figure-name">{title}</span>
        {beside}
      </figcaption>
      {picture}
      <Fold id={`figure.${id}`} title="Data as table" isOpenAtFirst={false}>
        <div className="figure-table" tabIndex={0} role="group" aria-label={`${title}, data`}>
          {table}
        </div>
      </Fold>
    </figure>
  )
}
