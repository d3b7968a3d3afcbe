'use client'
import { ExternalLink, QrCode as QrIcon } from 'lucide-react'
import { useState } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { QrCode } from '#app/_ui/qr-code.tsx'
import { SendLink } from '#app/_ui/send-link.tsx'
import { useSay } from '#app/_words/use-language.tsx'
import { WORDS } from '../words.ts'

/** A link to send, to show to a phone's camera, and to open. */
export function LinkTools({ name, path }: { name: string; path: string }) {
  const say = useSay()
  const [showsQr, setShowsQr] = useState(false)
  return (
    <>
      <div className="flex flex-wrap gap-2">
        <SendLink name={name} path={path} />
        <Button
          onClick={() => setShowsQr(!showsQr)}
          aria-expanded={showsQr}
          aria-label={`${name}: ${say(WORDS.qr)}`}
        >
          <QrIcon className="size-4" aria-hidden="true" />
          <span>{say(WORDS.qr)}</span>
        </Button>
        <a
          href={path}
          target="_blank"
          rel="noreferrer"
          aria-label={`${name}: ${say(WORDS.open)}`}
          className="inline-flex min-h-11 items-center gap-2 rounded-xl bg-sunken px-4 text-body font-semibold hover:bg-line"
        >
          <ExternalLink className="size-4" aria-hidden="true" />
          <span>{say(WORDS.open)}</span>
        </a>
      </div>
      {showsQr && (
        <QrCode text={new URL(path, window.location.origin).href} label={`${name}: ${say(WORDS.qr)}`} />
      )}
    </>
  )
}
