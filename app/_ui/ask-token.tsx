'use client'
import type { FormEvent } from 'react'
import { useSay } from '#app/_words/use-language.tsx'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { LanguageSwitch } from './language-switch.tsx'
import { Logo } from './logo.tsx'

type Props = {
  title: string
  why?: string
  /** What the button says. */
  go: string
  wasRefused: boolean
  onToken: (token: string) => void
}

/** A whole page that asks for the dispatch token. */
export function AskToken({ title, ...rest }: Props) {
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col justify-center gap-5 px-6">
      <div className="flex items-center justify-between">
        <Logo />
        <LanguageSwitch />
      </div>
      <h1 className="text-2xl font-bold tracking-tight">{title}</h1>
      <TokenForm {...rest} />
    </main>
  )
}

/** The same over a page that goes on. */
export function AskTokenDialog({ title, onClose, ...rest }: Props & { onClose: () => void }) {
  return (
    <Dialog title={title} look="small" onClose={onClose}>
      <div className="mt-2 grid gap-4">
        <TokenForm {...rest} onLater={onClose} />
      </div>
    </Dialog>
  )
}

type FormProps = Omit<Props, 'title'> & { onLater?: () => void }

function TokenForm({ why, go, wasRefused, onToken, onLater }: FormProps) {
  const say = useSay()
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const token = new FormData(event.currentTarget).get('token')
    if (typeof token === 'string' && token.trim() !== '') onToken(token.trim())
  }
  return (
    <>
      {why !== undefined && <p className="text-lead text-muted">{why}</p>}
      <div role="alert" className="empty:hidden">
        {wasRefused && (
          <p className="rounded-2xl bg-danger-soft px-4 py-3 text-body font-medium text-danger-soft-ink">
            {say({
              en: 'This is not the dispatch token. Look again in the settings of the server.',
              ko: '배차 토큰이 올바르지 않아요. 서버 설정을 다시 확인해 주세요.',
            })}
          </p>
        )}
      </div>
      <form onSubmit={submit} className="grid gap-3">
        <label className="grid gap-1.5 text-sm font-medium text-muted">
          <span>{say({ en: 'Dispatch token', ko: '배차 토큰' })}</span>
          <input
            name="token"
            type="password"
            autoComplete="off"
            required
            className="min-h-11 rounded-xl border border-line bg-surface px-3 text-base text-ink"
          />
        </label>
        <Button look="accent" type="submit">
          {go}
        </Button>
        {onLater && <Button onClick={onLater}>{say({ en: 'Not now', ko: '나중에' })}</Button>}
      </form>
    </>
  )
}
