'use client'
import { ROOT_WORDS } from '#app/_words/root-words.ts'
import { useSay } from '#app/_words/use-language.tsx'
import { Button } from './button.tsx'

/** For a page whose link was refused: what was wrong may have been mended meanwhile. */
export function OpenAgain() {
  const say = useSay()
  return (
    <Button look="primary" onClick={() => window.location.reload()}>
      {say(ROOT_WORDS.again)}
    </Button>
  )
}
