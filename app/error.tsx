'use client'
import { CloudAlert } from 'lucide-react'
import { useEffect } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { Notice } from '#app/_ui/notice.tsx'
import { ROOT_WORDS } from '#app/_words/root-words.ts'
import { useSay } from '#app/_words/use-language.tsx'

export default function ErrorPage({
  error,
  reset,
}: {
  error: Error & { digest?: string }
  reset: () => void
}) {
  const say = useSay()
  useEffect(() => {
    console.error(error)
  }, [error])

  return (
    <Notice
      icon={CloudAlert}
      title={say(ROOT_WORDS.broken)}
      action={
        <Button look="primary" onClick={reset}>
          {say(ROOT_WORDS.again)}
        </Button>
      }
    >
      <p>{say(ROOT_WORDS.brokenHow)}</p>
      {error.digest && <p className="mt-3 text-sm">{say(ROOT_WORDS.reference, { id: error.digest })}</p>}
    </Notice>
  )
}
