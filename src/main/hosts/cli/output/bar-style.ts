import type { Options } from 'cli-progress'

/** How progress bars look and behave; they leave nothing behind on the screen. */
export const barStyle: Options = {
  stream: process.stderr,
  barCompleteChar: '█',
  barIncompleteChar: '░',
  barsize: 24,
  hideCursor: true,
  clearOnComplete: true,
  emptyOnZero: true,
  autopadding: true,
  // Signals are the command's own business.
  gracefulExit: false,
}
