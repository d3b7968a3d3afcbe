'use client'
import { useLayoutEffect, useRef } from 'react'
import { FIRST_LOOK_ID } from './first-look.ts'

/** One object: another one at each render would empty the element. */
const NOT_REACTS = { __html: '' }

/** What the small script in the HTML has found out, again after React has put another element there. */
export function FirstLookBox() {
  const box = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => void window.firstLook?.(box.current), [])
  return (
    // biome-ignore lint/security/noDangerouslySetInnerHtml: always empty
    <div id={FIRST_LOOK_ID} ref={box} suppressHydrationWarning dangerouslySetInnerHTML={NOT_REACTS} />
  )
}
