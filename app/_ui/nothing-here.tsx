'use client'
import { MapPinOff } from 'lucide-react'
import { ROOT_WORDS } from '#app/_words/root-words.ts'
import { TITLES } from '#app/_words/titles.ts'
import { useSay } from '#app/_words/use-language.tsx'
import { buttonClass } from './button-class.ts'
import { Notice } from './notice.tsx'
import { useTitle } from './use-title.ts'

/** What an address that leads nowhere shows. */
export function NothingHere() {
  const say = useSay()
  useTitle(TITLES.notFound)
  return (
    <Notice
      icon={MapPinOff}
      title={say(ROOT_WORDS.nothing)}
      action={
        <a href="/" className={buttonClass('primary')}>
          {say(ROOT_WORDS.first)}
        </a>
      }
    >
      <p>{say(ROOT_WORDS.nothingWhy)}</p>
    </Notice>
  )
}
