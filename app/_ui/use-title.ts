'use client'
import { useEffect } from 'react'
import type { Text } from '#app/_words/language.ts'
import { useSay } from '#app/_words/use-language.tsx'
import { BRAND } from './brand.ts'

/** The page's title goes with the language; the first one stands in the HTML already. */
export function useTitle(title: Text): void {
  const say = useSay()
  useEffect(() => {
    document.title = `${say(title)} · ${BRAND.name}`
  }, [say, title])
}
