import type { ButtonHTMLAttributes } from 'react'
import { type ButtonLook, buttonClass } from './button-class.ts'

type Props = ButtonHTMLAttributes<HTMLButtonElement> & {
  look?: ButtonLook
  size?: 'md' | 'lg'
  /** Cannot be pressed at the moment, but keeps the focus, which a disabled button loses. */
  inactive?: boolean
}

export function Button({
  look = 'quiet',
  size = 'md',
  inactive = false,
  className = '',
  type = 'button',
  onClick,
  ...rest
}: Props) {
  return (
    <button
      type={type}
      className={`${buttonClass(look, size)} ${className}`}
      aria-disabled={inactive || undefined}
      onClick={inactive ? undefined : onClick}
      {...rest}
    />
  )
}
