'use client'
import { useCallback, useEffect, useRef, useState } from 'react'
import { Switch } from '#app/_ui/switch.tsx'
import { useFragment } from '#app/_ui/use-fragment.ts'
import { useLanguage } from '#app/_words/use-language.tsx'
import type { Delivery } from '#contracts/delivery.ts'
import { headline } from '../screen/delivery-words.ts'
import type { TrackingState } from '../state/tracking-state.ts'
import { type Chime, openChime } from './chime.ts'
import { useNews } from './use-news.ts'
import { mayHavePush, openWebPush, type WebPush } from './web-push.ts'
import { TELL_WORDS } from './words.ts'

/** How long a browser that may have messages is waited for before the sound is offered: its worker starts after the page. */
const PATIENCE_MS = 8_000

type Way = 'unknown' | 'push' | 'page' | 'denied'

/** A switch to be told of the next status: by a message of the browser or, where that cannot be had, by a sound of this page. */
export function TellMe({ state }: { state: TrackingState & { delivery: Delivery } }) {
  const speaker = useLanguage()
  const { say, language } = speaker
  const token = useFragment()
  const { id, status } = state.delivery
  const isOver = state.phase === 'ended'
  const isReached = state.connection === 'connected'
  const [way, setWay] = useState<Way>('unknown')
  const [push, setPush] = useState<WebPush | null>(null)
  const [isOn, setIsOn] = useState(false)
  const [hasFailed, setHasFailed] = useState(false)
  const chime = useRef<Chime | null>(null)
  const playChime = useCallback(() => chime.current?.play(), [])
  useNews(status, headline(state, speaker).title, playChime)
  useEffect(() => () => chime.current?.close(), [])

  useEffect(() => {
    if (isOver || !isReached || !token || way !== 'unknown') return
    if (!mayHavePush()) {
      setWay('Notification' in window && Notification.permission === 'denied' ? 'denied' : 'page')
      return
    }
    const late = setTimeout(setWay, PATIENCE_MS, 'page')
    void openWebPush(id, token).then((opened) => {
      clearTimeout(late)
      // The reader has taken the sound meanwhile.
      if (chime.current) return
      setPush(opened)
      setIsOn(opened?.isOn ?? false)
      setWay(opened ? 'push' : 'page')
    })
    return () => clearTimeout(late)
  }, [isOver, isReached, token, id, way])

  if (isOver) return null
  if (way === 'unknown') return isReached ? <Kept /> : null

  async function change(wanted: boolean) {
    setIsOn(wanted)
    setHasFailed(false)
    if (way !== 'push' || !push) return sound(wanted)
    try {
      if (!wanted) return await push.switchOff()
      if ((await push.switchOn(language)) === 'on') return
      setWay('denied')
      setIsOn(false)
    } catch (cause) {
      console.warn('Messages could not be switched', cause)
      setIsOn(!wanted)
      setHasFailed(true)
    }
  }

  function sound(wanted: boolean) {
    chime.current?.close()
    chime.current = wanted ? openChime() : null
    // So that its reader knows what to listen for.
    chime.current?.play()
  }

  const hint = hasFailed ? 'failed' : way === 'page' && isIPhone() ? 'iPhone' : way
  return (
    <div className="mt-4 border-t border-line pt-3" data-testid="tell-me" data-way={way} data-on={isOn}>
      <Switch
        label={say(TELL_WORDS.label)}
        hint={say(TELL_WORDS[hint])}
        checked={isOn}
        onChange={(wanted) => void change(wanted)}
      />
    </div>
  )
}

/** The switch's place until it is known which way there is: the sheet must not grow under a finger. */
function Kept() {
  const { say } = useLanguage()
  return (
    <div className="invisible mt-4 border-t border-line pt-3" aria-hidden="true">
      <Switch label={say(TELL_WORDS.label)} hint={say(TELL_WORDS.push)} checked={false} onChange={() => {}} />
    </div>
  )
}

/** Safari on iPhones and iPads, not as an installed app. */
const isIPhone = () => 'standalone' in navigator && navigator.standalone === false
