'use client'
import { ExternalLink } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { useSay } from '#app/_words/use-language.tsx'
import type { RideToBreak } from './use-broken-ride.ts'

/** The rider's page and the customer's, as on their phones; `children` stand there before there is a ride. */
export function BothPhones({ broken, children }: { broken: RideToBreak; children: ReactNode }) {
  const say = useSay()
  const { ride, customerToken } = broken
  const id = ride && encodeURIComponent(ride.delivery.id)
  return (
    <div data-testid="phones" data-delivery={ride?.delivery.id}>
      <div className="grid grid-cols-1 gap-5 sm:grid-cols-2">
        <Phone
          name="rider"
          title={say({ en: 'Rider', ko: '라이더' })}
          src={ride && `/rider/${id}#${ride.rider.token}`}
        >
          {children}
        </Phone>
        <Phone
          name="customer"
          title={say({ en: 'Customer', ko: '고객' })}
          src={ride && `/track/${id}#${customerToken}`}
        >
          <p className="text-body text-muted">
            {say({ en: 'sees the rider come', ko: '라이더가 오는 것을 봅니다' })}
          </p>
        </Phone>
      </div>
      <div className="mt-3 flex min-h-11 justify-end">
        {ride && <Button onClick={broken.stop}>{say({ en: 'End the ride', ko: '배달 끝내기' })}</Button>}
      </div>
    </div>
  )
}

type PhoneProps = { name: string; title: string; src: string | null; children: ReactNode }

/** As wide as a phone where there is no room for more than that, else a phone seen from a little farther away. */
function Phone({ name, title, src, children }: PhoneProps) {
  const say = useSay()
  return (
    <section aria-label={title} className="min-w-0">
      <div className="flex min-h-11 items-center justify-between px-1">
        <h3 className="text-sm font-semibold">{title}</h3>
        {src && (
          <a
            href={src}
            target="_blank"
            rel="noreferrer"
            className="inline-flex min-h-11 items-center gap-1.5 rounded-lg px-2 text-sm text-muted hover:text-ink"
          >
            <span>{say({ en: 'Open alone', ko: '따로 열기' })}</span>
            <ExternalLink className="size-4" aria-hidden="true" />
          </a>
        )}
      </div>
      <div className="h-[640px] overflow-hidden rounded-[28px] border-4 border-line bg-surface lg:h-[730px] lg:w-[304px]">
        {src ? (
          <iframe
            title={title}
            src={src}
            data-testid={`phone-${name}`}
            allow="geolocation; clipboard-write"
            className="h-full w-full lg:h-[927px] lg:w-[380px] lg:origin-top-left lg:scale-[.779]"
          />
        ) : (
          <div className="grid h-full place-items-center px-6 text-center">{children}</div>
        )}
      </div>
    </section>
  )
}
