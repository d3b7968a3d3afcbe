'use client'
import { useEffect } from 'react'
import type { Text } from '#app/_words/language.ts'
import { useSay } from '#app/_words/use-language.tsx'
import { useBrand } from './brand.tsx'

/** The page's title goes with the language; the first one stands in the HTML already. */
export function useTitle(title: Text): void {
  const say = useSay()
  const { name } = useBrand()
  useEffect(() => {
    document.title = `${say(title)} · ${name}`
  }, [say, title, name])
}
