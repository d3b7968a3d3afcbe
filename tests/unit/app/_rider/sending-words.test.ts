import { describe, expect, it } from 'vitest'
import { sendingAfter } from '#app/_rider/ride/post-lines.ts'
import { initialRider, type RiderState } from '#app/_rider/ride/rider-state.ts'
import { sendingWords } from '#app/_rider/screen/sending-words.ts'
import { speak } from '#app/_words/speak.ts'

const NOW_MS = 1_000_000
const { say } = speak('en')
const rider = (change: Partial<RiderState>): RiderState => ({
  ...initialRider('picked_up', NOW_MS),
  sharing: true,
  waiting: { count: 13, oldestAtMs: NOW_MS - 12_400 },
  ...change,
})
const post = (status: number | null) => ({
  fixes: [],
  renumbered: 0,
  unsendable: 0,
  nextReportMs: null,
  tookMs: 1,
  failure: { ok: false, status, code: null, detail: '', retryAfterMs: null } as const,
})

describe('words about sending', () => {
  it('[OFF1] how many points wait, and how old the oldest is', () => {
    expect(sendingWords(rider({ sending: 'offline' }), say)).toEqual({
      why: 'You are offline',
      kept: '13 positions wait on this device, the oldest for 12 s. All are sent as soon as you are back online.',
    })
    const one = sendingWords(
      rider({ sending: 'unreachable', waiting: { count: 1, oldestAtMs: NOW_MS - 65_000 } }),
      say,
    )
    expect(one?.kept).toBe(
      '1 position waits on this device, the oldest for 1 min. It is sent as soon as it can.',
    )
    const none = sendingWords(rider({ sending: 'offline', waiting: { count: 0, oldestAtMs: null } }), say)
    expect(none?.kept).toMatch(/are kept on this device/)
  })

  it('[OFF1] nothing is said when all is fine, when nothing is to be sent, or when it never will be', () => {
    expect(sendingWords(rider({ sending: 'fine' }), say)).toBeNull()
    const idle = rider({ sending: 'offline', sharing: false, waiting: { count: 0, oldestAtMs: null } })
    expect(sendingWords(idle, say)).toBeNull()
    const refused = { code: 'delivery_ended', status: 410 } as const
    expect(sendingWords(rider({ sending: 'offline', refused }), say)).toBeNull()
    expect(sendingWords(rider({ sending: 'turned_away', otherDevice: true }), say)).toBeNull()
  })

  it('[OFF1] offline is what the device says and no answer denies', () => {
    expect(sendingAfter(post(null), false)).toBe('offline')
    expect(sendingAfter(post(null), true)).toBe('unreachable')
    expect(sendingAfter(post(503), false)).toBe('turned_away')
    expect(sendingAfter({ ...post(null), failure: null }, false)).toBe('fine')
  })
})
