import type { ButtonHTMLAttributes, ReactNode } from 'react'
import './button.css'

interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className' | 'type'> {
  readonly look?: 'primary' | 'plain' | 'quiet'
  readonly isSubmit?: boolean
  readonly icon?: ReactNode
}

/** A button; `primary` is for the one main action of a screen. */
export function Button({ look = 'plain', isSubmit = false, icon, children, ...rest }: ButtonProps) {
  return (
    <button type={isSubmit ? 'submit' : 'button'} className={`button button-${look}`} {...rest}>
      {icon}
      {children}
    </button>
  )
}

/** A button that shows an icon alone; its label is its name and tooltip. */
export function IconButton({ label, icon, ...rest }: Omit<ButtonProps, 'children'> & { readonly label: string }) {
  return (
    <button type="button" className="button button-icon" aria-label={label} title={label} {...withoutLook(rest)}>
      {icon}
    </button>
  )
}

function withoutLook({ look: _look, isSubmit: _isSubmit, ...rest }: Omit<ButtonProps, 'children' | 'icon'>) {
  return rest
}
