'use client'
import { useCallback, useEffect, useState } from 'react'
import type { Tiles } from '#app/_map/background.tsx'
import { AskToken, AskTokenDialog } from '#app/_ui/ask-token.tsx'
import { useTitle } from '#app/_ui/use-title.ts'
import { TITLES } from '#app/_words/titles.ts'
import { useSay } from '#app/_words/use-language.tsx'
import { DispatcherProvider } from './dispatcher.tsx'
import { keepToken, readKeptToken } from './kept-token.ts'
import { Board } from './screen/board.tsx'
import { WORDS } from './words.ts'

type Props = { demo: boolean; geocoder: boolean; tiles: Tiles }

/** The board of dispatch: open in the demo, elsewhere for who has the dispatch token, which is asked for once a tab. */
export function DispatchScreen({ demo, geocoder, tiles }: Props) {
  useTitle(TITLES.dispatch)
  const say = useSay()
  /** `undefined`: not known yet; the server renders no storage. */
  const [token, setToken] = useState<string | null | undefined>(undefined)
  /** The demo is open, but where it has a dispatch token some calls are for who shows it. */
  const [isAsked, setAsked] = useState(false)
  const [wasRefused, setWasRefused] = useState(false)
  useEffect(() => setToken(readKeptToken()), [])

  function enter(next: string) {
    keepToken(next)
    setWasRefused(false)
    setAsked(false)
    setToken(next)
  }
  const onRefused = useCallback(() => {
    if (readKeptToken() !== null) setWasRefused(true)
    keepToken(null)
    setAsked(true)
    setToken(null)
  }, [])

  if (token === undefined) return null
  const words = { title: say(WORDS.board), go: say(WORDS.openBoard), wasRefused, onToken: enter }
  if (!demo && token === null) return <AskToken {...words} why={say(WORDS.tokenWhy)} />
  return (
    <DispatcherProvider demo={demo} geocoder={geocoder} token={token} onRefused={onRefused}>
      <Board tiles={tiles} />
      {isAsked && (
        <AskTokenDialog
          {...words}
          title={say(WORDS.tokenNeeded)}
          go={say(WORDS.goOn)}
          why={say(WORDS.tokenNeededWhy)}
          onClose={() => setAsked(false)}
        />
      )}
    </DispatcherProvider>
  )
}
