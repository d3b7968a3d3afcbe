'use client'
import { Link2Off } from 'lucide-react'
import type { Text } from '#app/_words/language.ts'
import { ROOT_WORDS } from '#app/_words/root-words.ts'
import { useSay } from '#app/_words/use-language.tsx'
import { buttonClass } from './button-class.ts'
import { Notice } from './notice.tsx'

const WORDS = {
  title: { en: 'This link is incomplete', ko: '링크가 완전하지 않아요' },
  missing: {
    en: 'The part after the # sign is missing. Please open the link exactly as it was sent to you.',
    ko: '# 뒷부분이 빠졌어요. 받은 링크를 그대로 다시 열어 주세요.',
  },
} as const satisfies Record<string, Text>

/** A link without what stands behind the # is no link; all pages say so alike. */
export function LinkIncomplete({ testId, why = WORDS.missing }: { testId: string; why?: Text }) {
  const say = useSay()
  return (
    <Notice
      icon={Link2Off}
      title={say(WORDS.title)}
      testId={testId}
      action={
        <a href="/" className={buttonClass('primary')}>
          {say(ROOT_WORDS.first)}
        </a>
      }
    >
      <p>{say(why)}</p>
    </Notice>
  )
}
