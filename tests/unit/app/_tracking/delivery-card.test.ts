import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { DeliveryCard } from '#app/_tracking/screen/delivery-card.tsx'
import type { Known } from '#app/_tracking/screen/whereabouts-words.ts'
import { reduceTracking } from '#app/_tracking/state/reduce-tracking.ts'
import { initialTracking } from '#app/_tracking/state/tracking-state.ts'
import { location, snapshot } from '../samples.ts'

/** What the line of a stale position says, once the newest one is this old; null where there is no such line. */
function staleLine(ageMs: number, isOpen: boolean): string | null {
  const newest = location(1)
  const opened = reduceTracking(initialTracking(newest.recordedAtMs + ageMs), {
    type: 'snapshot',
    snapshot: snapshot('picked_up', newest),
  })
  const state = reduceTracking(opened, { type: 'connection', connection: 'connected' }) as Known
  const html = renderToStaticMarkup(
    createElement(DeliveryCard, { state, isOpen, ref: { current: null }, onFold: () => {} }),
  )
  const [, line] = /data-testid="stale"[^>]*>(.*?)<\/p>/.exec(html) ?? []
  return line?.replaceAll(/(<[^>]*>)+/g, ' ').trim() ?? null
}

it('[TRK30] the folded sheet says that the position is late or lost, and how old; the open one has its own line for it', () => {
  expect(staleLine(5_000, false)).toBeNull()
  expect(staleLine(22_000, false)).toBe('Delayed Updated 22 s ago')
  expect(staleLine(180_000, false)).toBe('Signal lost Updated 3 min ago')
  expect(staleLine(22_000, true)).toBeNull()
})
