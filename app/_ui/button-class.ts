export type ButtonLook = 'primary' | 'accent' | 'quiet' | 'danger'

const LOOKS: Record<ButtonLook, string> = {
  primary: 'bg-primary text-primary-ink hover:brightness-95',
  accent: 'bg-accent text-accent-ink hover:brightness-95',
  quiet: 'bg-sunken text-ink hover:bg-line',
  danger: 'bg-danger-soft text-danger-soft-ink hover:brightness-95',
}

/** Shared by buttons and by links that look like one. Both sizes are at least 44 px high, a finger's width. */
export function buttonClass(look: ButtonLook, size: 'md' | 'lg' = 'md'): string {
  const shape =
    size === 'lg'
      ? 'min-h-14 px-[min(1.5rem,5vw)] py-1 text-lg rounded-2xl'
      : 'min-h-11 px-[min(1rem,4vw)] py-1 text-body rounded-xl'
  return `inline-flex min-w-0 items-center justify-center gap-2 font-semibold wrap-anywhere transition-[background-color,opacity,filter,transform] active:scale-[.98] disabled:opacity-45 disabled:pointer-events-none aria-disabled:opacity-45 aria-disabled:cursor-default ${shape} ${LOOKS[look]}`
}
