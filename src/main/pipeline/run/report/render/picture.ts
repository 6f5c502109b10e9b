import type { Picture } from '../report-data.ts'
import type { Html } from './html.ts'
import { drawHistogram } from './picture-histogram.ts'
import { drawSeries } from './picture-series.ts'
import { drawValues } from './picture-values.ts'
import type { PictureFrame } from './picture-frame.ts'

/** The picture of a difference, with its numbers below. */
export function drawPicture(picture: Picture, frame: PictureFrame): Html {
  if (picture.kind === 'series') return drawSeries(picture, frame)
  return picture.kind === 'histogram' ? drawHistogram(picture, frame) : drawValues(picture, frame)
}
