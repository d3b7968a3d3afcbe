'use client'
import { type FormEvent, useEffect, useState } from 'react'
import type { Tiles } from '#app/_map/background.tsx'
import { Button } from '#app/_ui/button.tsx'
import { LanguageSwitch } from '#app/_ui/language-switch.tsx'
import { Logo } from '#app/_ui/logo.tsx'
import { useTitle } from '#app/_ui/use-title.ts'
import { TITLES } from '#app/_words/titles.ts'
import { useSay } from '#app/_words/use-language.tsx'
import { keepToken, readKeptToken } from './kept-token.ts'
import { Board } from './screen/board.tsx'
import { WORDS } from './words.ts'

type Props = { demo: boolean; tiles: Tiles }

/** The board of dispatch: open in the demo, elsewhere for who has the dispatch token, which is asked for once a tab. */
export function DispatchScreen({ demo, tiles }: Props) {
  useTitle(TITLES.dispatch)
  /** `undefined`: not known yet; the server renders no storage. */
  const [token, setToken] = useState<string | null | undefined>(demo ? null : undefined)
  const [wasRefused, setWasRefused] = useState(false)
  useEffect(() => {
    if (!demo) setToken(readKeptToken())
  }, [demo])

  function enter(next: string) {
    keepToken(next)
    setWasRefused(false)
    setToken(next)
  }
  function onRefused() {
    keepToken(null)
    setWasRefused(true)
    setToken(null)
  }

  if (token === undefined) return null
  if (!demo && token === null) return <AskToken wasRefused={wasRefused} onToken={enter} />
  return <Board key={token} token={token} tiles={tiles} onRefused={onRefused} />
}

function AskToken({ wasRefused, onToken }: { wasRefused: boolean; onToken: (token: string) => void }) {
  const say = useSay()
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const token = new FormData(event.currentTarget).get('token')
    if (typeof token === 'string' && token.trim() !== '') onToken(token.trim())
  }
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col justify-center gap-5 px-6">
      <div className="flex items-center justify-between">
        <Logo />
        <LanguageSwitch />
      </div>
      <h1 className="text-2xl font-bold tracking-tight">{say(WORDS.board)}</h1>
      <p className="text-[17px] text-muted">{say(WORDS.tokenWhy)}</p>
      <div role="alert">
        {wasRefused && (
          <p className="rounded-2xl bg-danger-soft px-4 py-3 text-[15px] font-medium text-danger-soft-ink">
            {say(WORDS.tokenWrong)}
          </p>
        )}
      </div>
      <form onSubmit={submit} className="grid gap-3">
        <label className="grid gap-1.5 text-sm font-medium text-muted">
          <span>{say(WORDS.token)}</span>
          <input
            name="token"
            type="password"
            autoComplete="off"
            required
            className="min-h-11 rounded-xl border border-line bg-surface px-3 text-base text-ink"
          />
        </label>
        <Button look="accent" type="submit">
          {say(WORDS.openBoard)}
        </Button>
      </form>
    </main>
  )
}
