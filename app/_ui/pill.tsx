import type { ReactNode } from 'react'

export type PillTone = 'accent' | 'warn' | 'danger' | 'info' | 'neutral'

const TONES: Record<PillTone, string> = {
  accent: 'bg-accent-soft text-accent-soft-ink',
  warn: 'bg-warn-soft text-warn-soft-ink',
  danger: 'bg-danger-soft text-danger-soft-ink',
  info: 'bg-info-soft text-info-soft-ink',
  neutral: 'bg-sunken text-muted',
}

type Props = { tone: PillTone; dot?: boolean; children: ReactNode; testId?: string }

export function Pill({ tone, dot = false, children, testId }: Props) {
  return (
    <span
      data-testid={testId}
      className={`inline-flex items-center gap-1.5 rounded-full px-2.5 py-1 text-note font-medium whitespace-nowrap ${TONES[tone]}`}
    >
      {dot && <span className="size-1.5 rounded-full bg-current" aria-hidden="true" />}
      <span>{children}</span>
    </span>
  )
}
