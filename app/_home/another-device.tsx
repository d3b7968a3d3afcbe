import { ChevronDown, QrCode as QrIcon } from 'lucide-react'
import { useState } from 'react'
import { QrCode } from '#app/_ui/qr-code.tsx'
import { Said } from '#app/_ui/said.tsx'
import { useSay } from '#app/_words/use-language.tsx'
import type { CreateDeliveryAnswer } from '#contracts/http.ts'
import { WORDS } from './words.ts'

/** Addresses that lead each device to itself. */
const LOOPBACK = /^(localhost|127\.[\d.]+|\[::1\])$/

/** Both links as codes for the camera of a phone, and what is missing where a phone could not open them. */
export function AnotherDevice({ started: { rider, customer } }: { started: CreateDeliveryAnswer }) {
  const say = useSay()
  const [isOpen, setOpen] = useState(false)
  return (
    <details
      data-testid="another-device"
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
      className="group rounded-2xl bg-canvas px-[min(1rem,4vw)]"
    >
      <summary className="flex min-h-14 cursor-pointer list-none items-center gap-2 font-semibold [&::-webkit-details-marker]:hidden">
        <QrIcon className="size-5 shrink-0 text-muted max-sm:hidden" aria-hidden="true" />
        <span className="min-w-0 flex-1 wrap-anywhere">{say(WORDS.anotherDevice)}</span>
        <ChevronDown className="size-4 transition-transform group-open:rotate-180" aria-hidden="true" />
      </summary>
      {isOpen && (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4 pb-4">
          {LOOPBACK.test(location.hostname) && (
            <p className="rounded-xl bg-info-soft px-3.5 py-3 text-sm text-pretty wrap-anywhere text-info-soft-ink">
              <Said text={WORDS.onlyHere} />
            </p>
          )}
          <div className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,9rem),1fr))] gap-4">
            {(
              [
                [rider.url, WORDS.riderPage, WORDS.scanRider],
                [customer.url, WORDS.customerPage, WORDS.scanCustomer],
              ] as const
            ).map(([path, name, label]) => (
              <div key={path} className="grid content-start gap-2 text-center text-sm font-medium">
                <QrCode text={new URL(path, location.origin).href} label={say(label)} />
                <p>{say(name)}</p>
              </div>
            ))}
          </div>
        </div>
      )}
    </details>
  )
}
