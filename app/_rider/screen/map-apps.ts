import type { Place } from '#contracts/place.ts'

export type MapApp = { id: 'kakao' | 'naver' | 'google' | 'apple'; href: string }

/** What Naver's map covers, by its documentation: https://docs.ncloud.com/en/naveropenapi_v3/maps/url-scheme/url-scheme.html */
const KOREA = { south: 31.43, north: 44.35, west: 122.37, east: 132 }

/**
 * The map apps that can lead to `place`, with the address that opens the way to it in each: those of Korea first, and only
 * there. `origin` is this page's, which Naver asks for. Google: https://developers.google.com/maps/documentation/urls/get-started,
 * Apple: https://developer.apple.com/documentation/mapkit/unified-map-urls, Kakao: https://apis.map.kakao.com/web/guide/#routeurl
 */
export function mapAppsAt(
  place: Place,
  { origin, language }: { origin: string; language: string },
): MapApp[] {
  const { lat, lng, name } = place
  const at = `${lat},${lng}`
  // Commas part the name from the place in Kakao's address.
  const kakaoName = encodeURIComponent(name.replaceAll(',', ' ').trim() || at.replace(',', ' '))
  const naver = new URLSearchParams({ dlat: `${lat}`, dlng: `${lng}`, dname: name || at, appname: origin })
  const korean: MapApp[] = [
    { id: 'kakao', href: `https://map.kakao.com/link/to/${kakaoName},${at}` },
    // Of a form's plus signs the app shows each.
    { id: 'naver', href: `nmap://route/car?${`${naver}`.replaceAll('+', '%20')}` },
  ]
  const everywhere: MapApp[] = [
    {
      id: 'google',
      href: `https://www.google.com/maps/dir/?api=1&destination=${encodeURIComponent(at)}&hl=${language}`,
    },
    { id: 'apple', href: `https://maps.apple.com/?daddr=${encodeURIComponent(at)}&dirflg=d` },
  ]
  const isKorean = lat >= KOREA.south && lat <= KOREA.north && lng >= KOREA.west && lng <= KOREA.east
  return [...(isKorean ? korean : []), ...everywhere]
}
