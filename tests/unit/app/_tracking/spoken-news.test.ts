import { describe, expect, it } from 'vitest'
import { NOTHING_SAID, spokenNews } from '#app/_tracking/screen/spoken-news.ts'
import { titleWords } from '#app/_tracking/screen/title-words.ts'
import { reduceTracking } from '#app/_tracking/state/reduce-tracking.ts'
import { initialTracking, type TrackingMessage } from '#app/_tracking/state/tracking-state.ts'
import { speak } from '#app/_words/speak.ts'
import type { Location } from '#contracts/location.ts'
import { location, snapshot } from '../samples.ts'

/** Rides along; returns what is said after each message. The last name is of the language. */
function listen(language: 'en' | 'ko' = 'en') {
  const speaker = speak(language)
  let [state, said] = [initialTracking(0), NOTHING_SAID]
  const hear = (...messages: TrackingMessage[]): string => {
    state = messages.reduce(reduceTracking, state)
    const news = spokenNews(said, state, speaker)
    said = news.said
    return news.words
  }
  const at = (nowMs: number) => hear({ type: 'tick', nowMs })
  const report = (seq: number, nowMs: number, change: Partial<Location> = {}) => {
    const recordedAtMs = nowMs
    const eta = { fromMs: nowMs + 240_000, toMs: nowMs + 480_000 }
    const message = { location: location(seq, { recordedAtMs, receivedAtMs: nowMs, ...change }), eta }
    return hear({ type: 'tick', nowMs }, { type: 'location', message })
  }
  const connection = (connection: 'connected' | 'offline' | 'reconnecting') =>
    hear({ type: 'connection', connection })
  const open = (status: Parameters<typeof snapshot>[0]) =>
    hear(
      { type: 'tick', nowMs: 100_000 },
      { type: 'snapshot', snapshot: snapshot(status) },
      { type: 'connection', connection: 'connected' },
    )
  const status = (status: 'picked_up' | 'arriving' | 'delivered', atMs: number) =>
    hear({ type: 'status', message: { status, atMs } })
  return { hear, at, report, connection, open, status, title: () => titleWords(state, speaker) }
}

describe('what a screen reader says by itself', () => {
  it('[TRK21] P6: how far the delivery is, with the arrival, at each step', () => {
    const { open, status, report } = listen()
    expect(open('accepted')).toMatch(
      /^Your order is being prepared\. .* Arrival: \d+ to \d+ min after pick-up\.$/,
    )
    expect(status('picked_up', 101_000)).toMatch(
      /^On the way to you\. Han has picked up your order\. The arrival time comes with/,
    )
    expect(report(1, 102_000)).toMatch(/^Arrival: .* to .*, in 4 to 8 min\. \d+ m away, coming from the /)
    expect(status('delivered', 103_000)).toBe('Delivered. Enjoy! Your order has arrived at Home.')
  })

  it('[TRK21] P6: a range that moves at most once a minute, however often it moves', () => {
    const { open, report } = listen()
    open('picked_up')
    report(1, 100_000)
    const heard: number[] = []
    for (let seq = 2; seq <= 60; seq++) if (report(seq, 100_000 + seq * 5_000)) heard.push(seq)
    expect(heard.length).toBeGreaterThanOrEqual(3)
    for (const [index, seq] of heard.entries())
      expect(seq - (heard[index - 1] ?? 1)).toBeGreaterThanOrEqual(60_000 / 5_000 - 1)
  })

  it('[TRK21] P6: a loss and its end at once, a delay at most once a minute', () => {
    const { open, report, at } = listen()
    open('picked_up')
    report(1, 100_000)
    expect(at(120_000)).toMatch(/^The rider’s phone has been silent for 20 s\./)
    expect(at(121_000)).toBe('')
    expect(report(2, 122_000)).toMatch(/^The rider’s position is live again\. Arrival: /)
    expect(at(140_000)).toBe('')
    expect(at(190_000)).toMatch(/^The rider’s phone has been silent for 1 min\. The rider may be elsewhere/)
    expect(at(400_000)).toBe('')
    expect(report(3, 401_000)).toMatch(/^The rider’s position is live again\./)
  })

  it('[TRK21] P6: one’s own connection once it is gone for more than a moment, and when it is back', () => {
    const { open, report, at, connection } = listen()
    open('picked_up')
    report(1, 100_000)
    expect([connection('reconnecting'), at(102_000), connection('connected')]).toEqual(['', '', ''])
    connection('reconnecting')
    at(103_000)
    expect(at(106_000)).toMatch(/^Your connection was interrupted\. Reconnecting… Last updated/)
    expect([at(107_000), at(190_000)]).toEqual(['', ''])
    expect(report(2, 191_000)).toBe('')
    expect(connection('connected')).toMatch(/^You are connected again\. Arrival: /)
    expect(connection('offline')).toMatch(/^You are offline\. Last updated /)
  })

  it('[TRK21] P6: an estimate that has passed', () => {
    const { open, report, hear } = listen()
    open('picked_up')
    report(1, 100_000)
    const message = {
      location: location(2, { recordedAtMs: 110_000, receivedAtMs: 110_000 }),
      eta: { fromMs: 0, toMs: 1 },
    }
    expect(hear({ type: 'tick', nowMs: 110_000 }, { type: 'location', message })).toMatch(
      /later than expected/,
    )
  })

  it('[TRK21] P6: before the pick-up the promise, once', () => {
    for (const [language, words] of [
      ['en', / Arrival: [^–]* to [^–]*, as promised\.$/],
      ['ko', / 약속한 도착 시간: [^~]*에서 [^~]* 사이\.$/],
    ] as const) {
      const { hear } = listen(language)
      hear({ type: 'tick', nowMs: 100_000 })
      const promised = snapshot('accepted')
      promised.delivery.promisedAtMs = 4_000_000
      expect(hear({ type: 'snapshot', snapshot: promised })).toMatch(words)
    }
  })

  it('[TRK21] P6: why a link stops', () => {
    const { open, hear } = listen()
    open('accepted')
    expect(hear({ type: 'refused', code: 'unauthenticated', expired: false })).toMatch(
      /^This link has been replaced\. It no longer opens/,
    )
  })

  it('[TRK21] in Korean as well', () => {
    expect(listen('ko').open('accepted')).toMatch(/ 픽업 후 \d+분에서 \d+분 뒤에 도착할 예정이에요\.$/)
    const { open, report } = listen('ko')
    expect(open('picked_up')).toMatch(/^고객님께 가고 있어요\. Han님이 주문을 픽업했어요\./)
    expect(report(1, 100_000)).toMatch(
      /^도착 예정: 오[전후] \d+:\d\d에서 .* 사이, 4분에서 8분 후\. \S+ \d+m 거리에서 오고 있어요\.$/,
    )
  })

  it('[TRK22] P6: the title says the state, on the way with the arrival', () => {
    const { open, report, at, status, title, hear } = listen()
    expect(title()).toBeNull()
    open('accepted')
    expect(title()).toBe('Your order is being prepared')
    status('picked_up', 100_000)
    report(1, 100_000)
    expect(title()).toMatch(/^\d+:\d\d.* · On the way to you$/)
    at(400_000)
    expect(title()).toBe('On the way to you')
    hear({ type: 'refused', code: 'unauthenticated', expired: true })
    expect(title()).toBe('This link has expired')
  })
})
