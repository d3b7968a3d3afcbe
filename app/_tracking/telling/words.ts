import type { Text } from '#app/_words/language.ts'

export const TELL_WORDS = {
  label: { en: 'Tell me when it comes', ko: '배달 알림 받기' },
  push: {
    en: 'When it is picked up, almost there and delivered, also with this page closed.',
    ko: '픽업, 도착 직전, 배달 완료 때 알려 드려요. 화면을 닫아도 돼요.',
  },
  page: {
    en: 'By sound and vibration, while this page is open.',
    ko: '이 화면이 열려 있는 동안 소리와 진동으로 알려 드려요.',
  },
  iPhone: {
    en: 'By sound, while this page is open. To be told with it closed, add this page to your Home Screen by Safari’s Share button, open it from there, and switch this on.',
    ko: '이 화면이 열려 있는 동안 소리로 알려 드려요. 화면을 닫아도 알림을 받으려면 Safari의 공유 버튼에서 ‘홈 화면에 추가’를 누르고, 홈 화면에서 열어 다시 켜 주세요.',
  },
  denied: {
    en: 'Your browser blocks messages of this site. By sound, while this page is open.',
    ko: '브라우저가 이 사이트의 알림을 막고 있어요. 이 화면이 열려 있는 동안 소리로 알려 드려요.',
  },
  failed: {
    en: 'That did not work. Please try again in a moment.',
    ko: '설정하지 못했어요. 잠시 후 다시 시도해 주세요.',
  },
} as const satisfies Record<string, Text>
