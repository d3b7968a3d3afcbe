import { Navigation } from 'lucide-react'
import type { Text } from '#app/_words/language.ts'
import { useLanguage } from '#app/_words/use-language.tsx'
import type { DeliveryStatus } from '#contracts/delivery.ts'
import type { Place } from '#contracts/place.ts'
import { type MapApp, mapAppsAt } from './map-apps.ts'

const WORDS = {
  toStore: { en: 'Directions to the store', ko: '가게까지 길찾기' },
  toDoor: { en: 'Directions to the customer', ko: '고객에게 길찾기' },
} as const satisfies Record<string, Text>
const NAMES = {
  kakao: { en: 'Kakao Map', ko: '카카오맵' },
  naver: { en: 'Naver Map', ko: '네이버지도' },
  google: { en: 'Google Maps', ko: '구글 지도' },
  apple: { en: 'Apple Maps', ko: '애플 지도' },
} as const satisfies Record<MapApp['id'], Text>

type Props = { status: DeliveryStatus; store: Place; destination: Place }

/** Opens the way to the next place in a map app that can navigate. */
export function OpenIn({ status, store, destination }: Props) {
  const { say, language } = useLanguage()
  const toStore = status === 'accepted'
  const title = say(toStore ? WORDS.toStore : WORDS.toDoor)
  const apps = mapAppsAt(toStore ? store : destination, { origin: location.origin, language })
  return (
    <nav aria-label={title} data-testid="open-in">
      <p className="flex items-center gap-2 text-sm font-semibold text-muted">
        <Navigation className="size-4" aria-hidden="true" />
        <span>{title}</span>
      </p>
      <ul className="mt-2 grid grid-cols-[repeat(auto-fit,minmax(min(100%,8rem),1fr))] gap-2">
        {apps.map(({ id, href }) => (
          <li key={id} className="min-w-0">
            <a
              href={href}
              // An app's own scheme needs no tab, and would leave an empty one.
              target={href.startsWith('https:') ? '_blank' : undefined}
              rel="noreferrer"
              className="flex min-h-11 items-center justify-center rounded-2xl bg-sunken px-3 py-2 text-center text-[0.9375rem] font-semibold hover:brightness-95"
            >
              {say(NAMES[id])}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
