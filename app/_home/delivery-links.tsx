'use client'
import { Columns2, House, Motorbike } from 'lucide-react'
import { buttonClass } from '#app/_ui/button-class.ts'
import { LinkRow } from '#app/_ui/link-row.tsx'
import { useSay } from '#app/_words/use-language.tsx'
import type { CreateDeliveryAnswer } from '#contracts/http.ts'
import { AnotherDevice } from './another-device.tsx'
import { sideBySidePath } from './side-by-side-path.ts'
import { WORDS } from './words.ts'

export function DeliveryLinks({ started }: { started: CreateDeliveryAnswer }) {
  const say = useSay()
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <a
        href={sideBySidePath(started)}
        target="_blank"
        rel="noreferrer"
        data-testid="side-by-side-link"
        className={`max-md:hidden ${buttonClass('primary', 'lg')}`}
      >
        <Columns2 className="size-5" aria-hidden="true" />
        <span>{say(WORDS.openBoth)}</span>
      </a>
      {/* Where the two would stand below each other, each is better alone. */}
      <a
        href={started.rider.url}
        target="_blank"
        rel="noreferrer"
        className={`md:hidden ${buttonClass('primary', 'lg')}`}
      >
        <Motorbike className="size-5" aria-hidden="true" />
        <span>{say(WORDS.openRider)}</span>
      </a>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
        <LinkRow icon={Motorbike} label={say(WORDS.riderPage)} testId="rider-link" path={started.rider.url} />
        <LinkRow
          icon={House}
          label={say(WORDS.customerPage)}
          testId="customer-link"
          path={started.customer.url}
        />
        <AnotherDevice started={started} />
      </div>
    </div>
  )
}
