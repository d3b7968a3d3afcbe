import type { Text } from '#app/_words/language.ts'
import type { Journey } from '#contracts/inside/journey.ts'

export type HopId = 'queue' | 'post' | 'service' | 'append' | 'consume' | 'emit' | 'paint'
/** `ms` is null when the end of the hop is not known (yet). */
export type Hop = { id: HopId; ms: number | null }

/** A hop is named after the event that ends it; its place decides its colour. */
export const HOPS: readonly { id: HopId; place: 'device' | 'server' | 'log'; name: Text }[] = [
  { id: 'queue', place: 'device', name: { en: 'queued at the rider', ko: '라이더 대기' } },
  { id: 'post', place: 'server', name: { en: 'received by the gateway', ko: '게이트웨이 수신' } },
  { id: 'service', place: 'server', name: { en: 'handed to the producer', ko: '프로듀서 전달' } },
  { id: 'append', place: 'log', name: { en: 'appended to the log', ko: '로그에 추가' } },
  { id: 'consume', place: 'log', name: { en: 'consumed', ko: '컨슈머 수신' } },
  { id: 'emit', place: 'server', name: { en: 'emitted by the WebSocket server', ko: '웹소켓 전송' } },
  { id: 'paint', place: 'device', name: { en: 'painted on the map', ko: '지도에 표시' } },
]

/**
 * The duration of each hop. Where a time in between is unknown, the hop that ends there is null and the next one covers
 * both. Several clocks are involved, so negative durations become 0.
 */
export function hopsOf(journey: Journey): Hop[] {
  const ends: Record<HopId, number | null> = {
    queue: journey.sentAtMs,
    post: journey.location.receivedAtMs,
    service: journey.publishedAtMs,
    append: journey.appendedAtMs,
    consume: journey.consumedAtMs,
    emit: journey.emittedAtMs,
    paint: journey.paintedAtMs,
  }
  let fromMs = journey.location.recordedAtMs
  return HOPS.map(({ id }) => {
    const endMs = ends[id]
    if (endMs === null) return { id, ms: null }
    const ms = Math.max(0, endMs - fromMs)
    fromMs = endMs
    return { id, ms }
  })
}

/** Time from the capture to the last known event. */
export function totalMs(journey: Journey): number {
  const endMs = journey.paintedAtMs ?? journey.emittedAtMs ?? journey.consumedAtMs
  return Math.max(0, endMs - journey.location.recordedAtMs)
}

/** Milliseconds while the number is short, then seconds. */
export function shortMs(ms: number): string {
  return ms < 10_000 ? ms.toLocaleString('en') : `${Math.round(ms / 1_000).toLocaleString('en')} s`
}
