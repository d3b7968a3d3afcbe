'use client'
import { ChevronDown } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { useSay } from '#app/_words/use-language.tsx'
import { PHONE_APP_WORDS as WORDS } from './phone-app-words.ts'

const PhoneAppSetUp = dynamic(() => import('./phone-app-set-up.tsx').then((module) => module.PhoneAppSetUp), {
  ssr: false,
})

type Props = { deliveryId: string; token: string; onCode: () => void }

/** One line that unfolds: how an app on the phone reports in place of this page. */
export function PhoneApp(props: Props) {
  const say = useSay()
  const [wasOpened, setWasOpened] = useState(false)
  return (
    <details
      data-testid="phone-app"
      className="group rounded-2xl border border-line"
      onToggle={() => setWasOpened(true)}
    >
      <summary className="flex min-h-14 cursor-pointer list-none items-center justify-between gap-3 rounded-2xl px-4 py-2 [&::-webkit-details-marker]:hidden">
        <span>
          <span className="block text-[0.9375rem] font-medium">{say(WORDS.title)}</span>
          <span className="block text-[0.8125rem] text-muted">{say(WORDS.hint)}</span>
        </span>
        <ChevronDown
          className="size-5 shrink-0 text-muted transition-transform group-open:rotate-180"
          aria-hidden="true"
        />
      </summary>
      {wasOpened && <PhoneAppSetUp {...props} />}
    </details>
  )
}
