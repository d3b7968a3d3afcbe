'use client'
import { Check, Copy, ExternalLink, QrCode as QrIcon, Share2 } from 'lucide-react'
import { useState } from 'react'
import { Button } from '#app/_ui/button.tsx'
import { QrCode } from '#app/_ui/qr-code.tsx'
import { useSay } from '#app/_words/use-language.tsx'
import { WORDS } from '../words.ts'

/** A link to open, to copy, to show to a phone's camera, and where the browser can, to send. */
export function LinkTools({ name, path }: { name: string; path: string }) {
  const say = useSay()
  const [copied, setCopied] = useState<'idle' | 'done' | 'failed'>('idle')
  const [showsQr, setShowsQr] = useState(false)
  const url = new URL(path, window.location.origin).href
  const canShare = typeof navigator.share === 'function'

  async function copy() {
    try {
      await navigator.clipboard.writeText(url)
      setCopied('done')
    } catch (cause) {
      // No clipboard on plain http other than localhost, or the permission was refused.
      console.warn('The link could not be copied', cause)
      setCopied('failed')
    }
  }
  async function share() {
    try {
      await navigator.share({ title: name, url })
    } catch (cause) {
      // Whoever shares may think better of it.
      if (!(cause instanceof DOMException && cause.name === 'AbortError'))
        console.warn('The link could not be shared', cause)
    }
  }

  return (
    <>
      <div className="flex flex-wrap gap-2">
        <Button onClick={copy} aria-label={`${name}: ${say(WORDS.copy)}`}>
          {copied === 'done' ? (
            <Check className="size-4" aria-hidden="true" />
          ) : (
            <Copy className="size-4" aria-hidden="true" />
          )}
          <span aria-live="polite">
            {say(copied === 'done' ? WORDS.copied : copied === 'failed' ? WORDS.notAllowed : WORDS.copy)}
          </span>
        </Button>
        <Button
          onClick={() => setShowsQr(!showsQr)}
          aria-expanded={showsQr}
          aria-label={`${name}: ${say(WORDS.qr)}`}
        >
          <QrIcon className="size-4" aria-hidden="true" />
          <span>{say(WORDS.qr)}</span>
        </Button>
        {canShare && (
          <Button onClick={share} aria-label={`${name}: ${say(WORDS.share)}`}>
            <Share2 className="size-4" aria-hidden="true" />
            <span>{say(WORDS.share)}</span>
          </Button>
        )}
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
      {showsQr && <QrCode text={url} label={`${name}: ${say(WORDS.qr)}`} />}
    </>
  )
}
