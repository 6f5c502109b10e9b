import type { ComponentProps } from 'react'
import { usePaletteCommand } from '../lib/commands.ts'
import { Button } from './button.tsx'

interface CommandButtonProps extends ComponentProps<typeof Button> {
  /** What the palette calls it. */
  readonly command: string
  onClick(): void
}

/** A button that the palette offers too, for as long as it is there and can be pressed. */
export function CommandButton({ command, onClick, ...button }: CommandButtonProps) {
  usePaletteCommand(command, onClick, button.disabled !== true)
  return <Button {...button} onClick={onClick} />
}
