'use client'
import { AppWindow, Link2Off } from 'lucide-react'
import type { Tiles } from '#app/_map/background.tsx'
import { Button } from '#app/_ui/button.tsx'
import { FirstLookBox } from '#app/_ui/first-look-box.tsx'
import { LanguageSwitch } from '#app/_ui/language-switch.tsx'
import { LinkIncomplete } from '#app/_ui/link-incomplete.tsx'
import { Logo } from '#app/_ui/logo.tsx'
import { Notice } from '#app/_ui/notice.tsx'
import { OpenAgain } from '#app/_ui/open-again.tsx'
import { useFragment } from '#app/_ui/use-fragment.ts'
import { useKeptFocus } from '#app/_ui/use-kept-focus.ts'
import { useTitle } from '#app/_ui/use-title.ts'
import { TITLES } from '#app/_words/titles.ts'
import { useSay } from '#app/_words/use-language.tsx'
import { useRider } from './ride/use-rider.ts'
import { Ride } from './screen/ride.tsx'
import { REFUSED_WORDS, WORDS } from './screen/words.ts'

type Props = { deliveryId: string; demo: boolean; tiles: Tiles }

/** Takes the token out of the address, where only the browser can read it. A rider of the demo is simulated at first. */
export function RiderScreen({ deliveryId, ...rest }: Props) {
  const token = useFragment()
  useTitle(TITLES.rider)
  useKeptFocus()
  if (token === null) return <Opening offline={false} />
  if (token === '') return <LinkIncomplete testId="rider-refused" />
  return <Opened key={`${deliveryId} ${token}`} deliveryId={deliveryId} token={token} {...rest} />
}

function Opened({ deliveryId, token, demo, tiles }: Props & { token: string }) {
  const say = useSay()
  const { rider, takeOver } = useRider(deliveryId, token, demo ? 'simulation' : 'device')
  switch (rider.phase) {
    case 'opening':
      return <Opening offline={rider.offline} />
    case 'refused':
      return (
        <Notice
          icon={Link2Off}
          title={say(REFUSED_WORDS[rider.fault].title)}
          testId="rider-refused"
          action={<OpenAgain />}
        >
          <p>{say(REFUSED_WORDS[rider.fault].detail)}</p>
          <p className="mt-3 text-sm">
            <span className="mr-1">{say(WORDS.reason)}</span>
            <code data-testid="refusal-code">{rider.code}</code>
          </p>
        </Notice>
      )
    case 'elsewhere':
      return (
        <Notice
          icon={AppWindow}
          title={say(WORDS.elsewhere)}
          testId="rider-elsewhere"
          action={
            <Button look="primary" onClick={takeOver}>
              {say(WORDS.rideHere)}
            </Button>
          }
        >
          <p>{say(WORDS.elsewhereWhy)}</p>
        </Notice>
      )
    case 'ready':
      return <Ride {...rider} token={token} tiles={tiles} />
  }
}

function Opening({ offline }: { offline: boolean }) {
  const say = useSay()
  return (
    <main className="flex h-dvh flex-col items-center justify-center gap-5 px-6 text-center">
      <Logo />
      <FirstLookBox />
      <p role="status" className="text-muted">
        {say(offline ? WORDS.away : WORDS.opening)}
      </p>
      <LanguageSwitch />
    </main>
  )
}
