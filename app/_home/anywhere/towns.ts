import type { Text } from '#app/_words/language.ts'
import type { LatLng } from '#contracts/place.ts'

type Town = { id: string; name: Text; at: LatLng }

/** Somewhere to begin; the map goes everywhere. The first one is drawn by the demo itself. */
export const TOWNS: readonly [Town, ...Town[]] = [
  { id: 'seoul', name: { en: 'Seoul', ko: '서울' }, at: [37.5045, 127.0425] },
  { id: 'busan', name: { en: 'Busan', ko: '부산' }, at: [35.1585, 129.141] },
  { id: 'jeju', name: { en: 'Jeju', ko: '제주' }, at: [33.4996, 126.5312] },
  { id: 'berlin', name: { en: 'Berlin', ko: '베를린' }, at: [52.5208, 13.4095] },
]
