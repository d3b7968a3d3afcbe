import type { Text } from '#app/_words/language.ts'

/** A link without what stands behind the # is no link; both pages say so alike. */
export const LINK_WORDS = {
  incomplete: { en: 'This link is incomplete', ko: '링크가 완전하지 않아요' },
  missing: {
    en: 'The part after the # sign is missing. Please open the link exactly as it was sent to you.',
    ko: '# 뒷부분이 빠졌어요. 받은 링크를 그대로 다시 열어 주세요.',
  },
} as const satisfies Record<string, Text>
