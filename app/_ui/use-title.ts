'use client'
import { useEffect } from 'react'
import type { Text } from '#app/_words/language.ts'
import { useSay } from '#app/_words/use-language.tsx'
import { useBrand } from './brand.tsx'

/** The page's title goes with the language; the first one stands in the HTML already. null leaves it as it is. */
export function useTitle(title: Text | string | null): void {
  const say = useSay()
  const { name } = useBrand()
  const words = typeof title === 'string' || title === null ? title : say(title)
  useEffect(() => {
    if (words !== null) document.title = `${words} · ${name}`
  }, [words, name])
}
