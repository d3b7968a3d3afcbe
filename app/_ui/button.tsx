import type { ButtonHTMLAttributes } from 'react'
import { type ButtonLook, buttonClass } from './button-class.ts'

type Props = ButtonHTMLAttributes<HTMLButtonElement> & { look?: ButtonLook; size?: 'md' | 'lg' }

export function Button({ look = 'quiet', size = 'md', className = '', type = 'button', ...rest }: Props) {
  return <button type={type} className={`${buttonClass(look, size)} ${className}`} {...rest} />
}
