import type { Text } from './language.ts'

/** The pages that Next shows where there is none, or where one broke. */
export const ROOT_WORDS = {
  broken: { en: 'Something went wrong on our side', ko: '일시적인 문제가 생겼어요' },
  brokenHow: {
    en: 'Nothing that you did. Trying again often helps.',
    ko: '고객님의 잘못이 아니에요. 다시 시도하면 대부분 해결돼요.',
  },
  again: { en: 'Try again', ko: '다시 시도' },
  reference: { en: 'Reference: {id}', ko: '오류 번호: {id}' },
  nothing: { en: 'Nothing is here', ko: '페이지를 찾을 수 없어요' },
  nothingWhy: {
    en: 'The address may be mistyped, or what was here has moved on.',
    ko: '주소가 잘못됐거나, 페이지가 옮겨졌을 수 있어요.',
  },
  first: { en: 'To the first page', ko: '첫 화면으로' },
} as const satisfies Record<string, Text>
