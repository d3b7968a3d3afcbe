'use client'
import L from 'leaflet'
import { LocateFixed } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useSay } from '#app/_words/use-language.tsx'
import { MAP_WORDS } from './map-words.ts'

export function RecentreButton({ onClick, className }: { onClick: () => void; className: string }) {
  const say = useSay()
  const button = useRef<HTMLButtonElement>(null)

  useEffect(() => {
    // Otherwise Leaflet takes a press on the button for the start of a drag.
    if (button.current) L.DomEvent.disableClickPropagation(button.current)
  }, [])

  return (
    <button
      ref={button}
      type="button"
      onClick={onClick}
      className={`absolute z-[1000] inline-flex min-h-11 items-center gap-2 rounded-full bg-primary px-4 text-body font-semibold text-primary-ink shadow-float ${className}`}
    >
      <LocateFixed className="size-4" aria-hidden="true" />
      <span>{say(MAP_WORDS.recentre)}</span>
    </button>
  )
}
