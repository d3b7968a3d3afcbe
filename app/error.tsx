'use client'
import { CloudAlert } from 'lucide-react'
import { useEffect } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { Notice } from '#app/_ui/notice.tsx'

export default function ErrorPage({
  error,
  reset,
}: {
  error: Error & { digest?: string }
  reset: () => void
}) {
  useEffect(() => {
    console.error(error)
  }, [error])

  return (
    <Notice
      icon={CloudAlert}
      title="Something went wrong on our side"
      action={
        <Button look="primary" onClick={reset}>
          Try again
        </Button>
      }
    >
      <p>Nothing that you did. Trying again often helps.</p>
      {error.digest && <p className="mt-3 text-sm">{`Reference: ${error.digest}`}</p>}
    </Notice>
  )
}
