'use client'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { deliveryPath } from '#app/_http/delivery-path.ts'
import { Button } from '#app/_ui/button.tsx'
import { useSay } from '#app/_words/use-language.tsx'
import { useDispatcher } from '../dispatcher.tsx'
import { WORDS } from '../words.ts'

const FORMATS = { gpx: WORDS.saveGpx, geojson: WORDS.saveGeoJson } as const

/** The ride as a file. Fetched, because a plain link could not carry the token. */
export function SaveRide({ deliveryId }: { deliveryId: string }) {
  const { token, onRefused } = useDispatcher()
  const say = useSay()
  const [failed, setFailed] = useState(false)

  async function save(format: keyof typeof FORMATS) {
    setFailed(false)
    try {
      const response = await fetch(deliveryPath(deliveryId, `/track.${format}`), {
        headers: token === null ? {} : { authorization: `Bearer ${token}` },
      })
      if (response.status === 401) return onRefused()
      if (!response.ok) throw new Error(`Answered ${response.status}`)
      const url = URL.createObjectURL(await response.blob())
      const link = Object.assign(document.createElement('a'), {
        href: url,
        download: `ride-${deliveryId}.${format}`,
      })
      link.click()
      // The browser has begun to save by then.
      setTimeout(() => URL.revokeObjectURL(url), 60_000)
    } catch (cause) {
      console.warn('The ride could not be saved', cause)
      setFailed(true)
    }
  }

  return (
    <div className="flex flex-wrap gap-2">
      {(['gpx', 'geojson'] as const).map((format) => (
        <Button key={format} onClick={() => save(format)}>
          <Download className="size-4" aria-hidden="true" />
          <span>{say(FORMATS[format])}</span>
        </Button>
      ))}
      {failed && (
        <p role="alert" className="w-full text-body font-medium text-danger-soft-ink">
          {say(WORDS.storyAway)}
        </p>
      )}
    </div>
  )
}
