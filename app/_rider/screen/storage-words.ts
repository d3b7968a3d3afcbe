import type { Text } from '#app/_words/language.ts'
import type { Say } from '#app/_words/speak.ts'
import type { StorageState, StorageTrouble } from '../outbox/outbox.ts'

const CAUSES: Record<StorageTrouble, Text> = {
  missing: { en: 'This browser keeps no data', ko: '이 브라우저는 데이터를 저장하지 않아요' },
  full: { en: 'This device has no room left', ko: '이 기기에 저장 공간이 없어요' },
  closed: {
    en: 'The browser has closed this page’s storage',
    ko: '브라우저가 이 페이지의 저장소를 닫았어요',
  },
  slow: { en: 'The browser’s storage does not answer', ko: '브라우저 저장소가 응답하지 않아요' },
  unreadable: { en: 'The browser’s storage cannot be read', ko: '브라우저 저장소를 읽을 수 없어요' },
}

const WORDS = {
  lost: {
    en: '{cause}: positions that wait are lost when the page is closed.',
    ko: '{cause}. 페이지를 닫으면 아직 보내지 못한 위치가 사라져요.',
  },
  unreadable: {
    en: '{positions} kept on this device could not be read. The ride goes on.',
    ko: '이 기기에 저장된 {positions}를 읽지 못했어요. 배달은 계속돼요.',
  },
  one: { en: '1 position', ko: '위치 1개' },
  many: { en: '{n} positions', ko: '위치 {n}개' },
} as const satisfies Record<string, Text>

/** What the rider should know of what is kept on the device. */
export function storageWords({ trouble, unreadable }: StorageState, say: Say): string[] {
  const lines: string[] = []
  if (trouble) lines.push(say(WORDS.lost, { cause: say(CAUSES[trouble]) }))
  if (unreadable > 0) lines.push(say(WORDS.unreadable, { positions: positions(unreadable, say) }))
  return lines
}

export function positions(count: number, say: Say): string {
  return count === 1 ? say(WORDS.one) : say(WORDS.many, { n: count })
}
