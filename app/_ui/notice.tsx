'use client'
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { LanguageSwitch } from './language-switch.tsx'
import { Logo } from './logo.tsx'

type Props = { icon: LucideIcon; title: string; children: ReactNode; action?: ReactNode; testId?: string }

/** A whole page that says one thing kindly: a link that does not work, nothing here, something broke. */
export function Notice({ icon: Icon, title, children, action, testId }: Props) {
  return (
    <main
      data-testid={testId}
      className="mx-auto flex min-h-dvh max-w-md flex-col items-start justify-center gap-4 px-6 py-16"
    >
      <div className="flex w-full items-center justify-between">
        <Logo />
        <LanguageSwitch />
      </div>
      <span className="mt-6 grid size-14 place-items-center rounded-2xl bg-sunken text-muted">
        <Icon className="size-7" aria-hidden="true" />
      </span>
      <h1 className="text-2xl font-bold tracking-tight text-balance">{title}</h1>
      <div className="text-lead leading-relaxed text-muted">{children}</div>
      {action && <div className="mt-2">{action}</div>}
    </main>
  )
}
